import { describe, expect, it } from 'vitest';
import { every, isFinal } from '../../src/api/again';
import { Problem } from '../../src/api/problem';

const asked = (status: number | null, errorUpdateCount = 1) => ({ state: { error: status === null ? null : new Problem(status, {}), errorUpdateCount } });

describe('what is asked again and again', () => {
  it('R_F6 stops at a refusal that will not change', () => {
    for (const status of [400, 401, 403, 404, 410, 422]) expect([isFinal(new Problem(status, {})), every(1500)(asked(status))], String(status)).toEqual([true, false]);
  });

  it('R_F6 goes on, ever slower, where too much was asked or the server is in trouble', () => {
    for (const status of [0, 429, 500, 503]) expect([every(1500)(asked(status, 1)), every(1500)(asked(status, 3)), every(1500)(asked(status, 99))], String(status)).toEqual([3000, 12_000, 30_000]);
    expect(every(60_000)(asked(503)), 'no sooner than it would be asked anyway').toBe(60_000);
  });

  it('R_F6 is as soon as ever once it is answered', () => {
    expect(every(1500)(asked(null, 7))).toBe(1500);
  });
});
