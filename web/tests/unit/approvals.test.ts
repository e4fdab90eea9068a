import { describe, expect, it } from 'vitest';
import { shortened } from '../../src/pages/approvals/body';
import { texts } from '../../src/pages/approvals/texts';

const macs = (count: number) => Array.from({ length: count }, (_, at) => `00156500${at.toString(16).padStart(4, '0')}`);
const body = (count: number) => JSON.stringify({ devices: macs(count), reason: 'moved' });

describe('R_F2 what is sent with a call that waits', () => {
  it('shows a short list whole', () => {
    expect(shortened(body(6), 6)).toEqual({ before: body(6), more: 0, after: '' });
    expect(shortened('{"all":true}', 40)).toEqual({ before: '{"all":true}', more: 0, after: '' });
    expect(shortened('', 0)).toEqual({ before: '', more: 0, after: '' });
  });

  it('shortens a long one, and counts what is left out', () => {
    const { before, more, after } = shortened(body(40), 39);
    expect([before, more, after]).toEqual([`{"devices":["${macs(6).join('","')}",`, 34, '],"reason":"moved"}']);
  });

  it('counts what it reaches where the list itself is cut', () => {
    const cut = `${body(400).slice(0, 4096)}...`;
    expect(shortened(cut, 400)).toEqual({ before: `{"devices":["${macs(6).join('","')}",`, more: 394, after: '' });
  });

  it('leaves out nothing but addresses', () => {
    const odd = `{"devices":["${macs(6).join('","')}",{"x":1}],"devices":["a"]}`;
    const { before, more } = shortened(odd, 9);
    expect([before, more]).toEqual([odd, 0]);
    const late = `{"devices":["${macs(8).join('","')}",{"x":1}]}`;
    expect(shortened(late, 8).more).toBe(0);
  });

  it('is soon done with a long body of blanks', () => {
    const long = `{"devices":[${'"001565000000" '.repeat(7)}${' '.repeat(400_000)}`;
    const began = performance.now();
    shortened(long, 0);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe('R_F2 the words of a decision', () => {
  it.each(['en', 'de'] as const)('name the act, and whose wish it is, each its own (%s)', language => {
    const t = texts[language];
    const acts = { approve: t.approve, reject: t.reject, withdraw: t.withdraw };
    for (const [how, verb] of Object.entries(acts) as ['approve' | 'reject' | 'withdraw', string][]) {
      expect(t[`confirm_${how}`].startsWith(verb)).toBe(true);
      expect(t[`title_${how}`]('mia').startsWith(verb)).toBe(true);
      expect(t[`title_${how}`]('mia').includes('mia')).toBe(how !== 'withdraw'); // one's own
    }
    for (const kind of ['title', 'text', 'done'] as const) {
      const said = (['approve', 'reject', 'withdraw'] as const).map(how => [t[`${kind}_${how}`]].map(text => (typeof text === 'string' ? text : text('mia')))[0]);
      expect(new Set(said).size).toBe(3);
    }
  });
});
