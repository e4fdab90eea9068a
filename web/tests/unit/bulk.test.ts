import { expect, it } from 'vitest';
import { Problem } from '../../src/api/problem';
import { type One, runBulk } from '../../src/pages/devices/bulk';

const macs = Array.from({ length: 40 }, (_, at) => at.toString(16).padStart(12, '0'));

async function run(one: One, stop = new AbortController()) {
  const tried: string[] = [];
  const state = await runBulk(macs, mac => (tried.push(mac), one(mac)), () => undefined, stop.signal);
  return { state, tried };
}

it('R_F2 goes through all of them, and tells which were refused', async () => {
  const { state, tried } = await run(async mac => {
    if (mac.endsWith('5')) throw new Problem(422, { code: 'P-2029' });
  });
  expect(tried).toEqual(macs);
  expect([state.done, state.failed.length, state.ended]).toEqual([37, 3, undefined]);
});

it.each([
  ['a declined proof', new Problem(403, { step_up_required: true })],
  ['a session that has ended', new Problem(401, {})],
  ['as much as one person may', new Problem(403, { code: 'P-8413' })],
])('R_F2 ends on %s, after the first', async (_, problem) => {
  const { state, tried } = await run(async () => {
    throw problem;
  });
  expect(tried).toEqual(macs.slice(0, 1));
  expect([state.done, state.failed.length, state.ended]).toEqual([0, 0, problem]);
});

it('R_F2 begins nothing more once a proof is declined on the way', async () => {
  const { state, tried } = await run(async mac => {
    if (Number.parseInt(mac, 16) >= 8) throw new Problem(403, { step_up_required: true });
  });
  expect(state.done).toBe(8);
  expect(tried.length).toBeLessThanOrEqual(12);
});

it('R_F2 stops when it is told to', async () => {
  const stop = new AbortController();
  const { state } = await run(async mac => {
    if (mac === macs[9]) stop.abort();
  }, stop);
  expect(state.done).toBeLessThan(15);
});
