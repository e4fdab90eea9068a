import { expect, it } from 'vitest';
import { Problem } from '../../src/api/problem';
import type { ImportJob } from '../../src/api/types';
import { askAgain } from '../../src/pages/import/job';

const job = (state: string, undo?: string) => ({ state, ...(undo && { undo: { state: undo } }) }) as unknown as ImportJob;

it('R_F1 asks for a list until it rests', () => {
  expect([askAgain(job('checking'), null), askAgain(job('applying'), null), askAgain(job('done', 'running'), null)]).toEqual([400, 400, 400]);
  expect([askAgain(undefined, null), askAgain(job('checked'), null), askAgain(job('done', 'done'), null)]).toEqual([false, false, false]);
});

it('R_F1 asks on while the server is away, and no more for a list that went with it', () => {
  expect(askAgain(job('checking'), new Problem(0, {}))).toBe(400);
  expect(askAgain(job('checking'), new Problem(404, {}))).toBe(false);
});
