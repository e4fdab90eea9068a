import { expect, it } from 'vitest';
import { Problem } from '../../src/api/problem';
import type { ImportJob } from '../../src/api/types';
import { askAgain } from '../../src/pages/import/job';

const job = (state: string, undo?: string) => ({ state, ...(undo && { undo: { state: undo } }) }) as unknown as ImportJob;

it('R_F1 asks for a list until it rests', () => {
  expect([askAgain(job('checking'), null, 0), askAgain(job('applying'), null, 0), askAgain(job('done', 'running'), null, 0)]).toEqual([400, 400, 400]);
  expect([askAgain(undefined, null, 0), askAgain(job('checked'), null, 0), askAgain(job('done', 'done'), null, 0)]).toEqual([false, false, false]);
});

it('R_F1 asks on while the server is away, and no more for a list that went with it', () => {
  expect(askAgain(job('checking'), new Problem(0, {}), 1)).toBe(800);
  expect([askAgain(job('checking'), new Problem(404, {}), 1), askAgain(job('applying'), new Problem(403, {}), 1)]).toEqual([false, false]);
});
