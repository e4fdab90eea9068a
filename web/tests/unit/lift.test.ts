import { expect, it } from 'vitest';
import { exceptionOf } from '../../src/pages/hardening/Lift';

const typed = { rule: 'web-ui-off', tenant: 'acme', site: ' Wien ', vendor: 'yealink', model: 'T54W', device: '', owner: 'Mia', reason: 'a test', until: '30d' };
const whole = { rule: 'web-ui-off', owner: 'Mia', reason: 'a test', until: '30d' };

it('lifts a rule as narrowly as it was said', () => {
  expect(exceptionOf(typed)).toEqual({ ...whole, tenant: 'acme', site: 'Wien', vendor: 'yealink', model: 'T54W' });
  expect(exceptionOf({ ...typed, tenant: null, site: '', vendor: null, model: '', device: '00:15:65:12:34:56', until: '' })).toEqual({ rule: 'web-ui-off', owner: 'Mia', reason: 'a test', device: '00:15:65:12:34:56' });
});

it('sends nothing that its form does not show any more', () => {
  expect(exceptionOf({ ...typed, tenant: null, device: '001565123456' })).toEqual({ ...whole, device: '001565123456' });
  expect(exceptionOf({ ...typed, vendor: null })).toEqual({ ...whole, tenant: 'acme', site: 'Wien' });
});
