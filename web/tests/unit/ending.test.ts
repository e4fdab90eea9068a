import { expect, it } from 'vitest';
import { endingOf } from '../../src/pages/import/ending';

const told = (...states: (string | undefined)[]) => endingOf({ id: 'i1', state: states[0] }, { id: 'i1', state: states[1] });

it('R_F1 says how it ended, also where nobody saw it run', () => {
  expect([told('applying', 'done'), told('checked', 'done'), told('open', 'done'), told('running', 'cancelled')]).toEqual(['done', 'done', 'done', 'cancelled']);
  expect(told('cancelled', 'done'), 'it went on').toBe('done');
});

it('R_F1 says nothing of what had ended before, goes on, or is another list', () => {
  expect([told(undefined, 'done'), told('done', 'done'), told('checking', 'checked'), told('open', 'late')]).toEqual([null, null, null, null]);
  expect(endingOf({ id: 'i1', state: 'applying' }, { id: 'i2', state: 'done' })).toBeNull();
});
