// Arming is the server's work: the page watches it, against answers as the server gives them.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Problem } from '../../src/api/problem';
import { runArming } from '../../src/pages/devices/arming';

const job = (state: string, done: number) => ({ id: 'a1', state, actor: '', made: '', total: 3, done, failed: 0, failures: [] });
const reply = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

// Watches it while `answers` come to each GET, the last of them for ever; stopped from the beginning if asked to.
async function run(answers: Response[], stopped: () => Response) {
  const told: string[] = [];
  let stop = true;
  const trouble: Problem[] = [];
  vi.stubGlobal('fetch', async (path: string, { method }: RequestInit) => {
    told.push(`${method} ${path}`);
    if (method === 'POST') return reply(202, job('running', 0));
    if (method === 'DELETE') return stopped();
    return answers.length > 1 ? answers.shift() : answers[0]?.clone();
  });
  const watcher = { onProgress: () => undefined, wantsStop: () => stop, onNotStopped: (problem: Problem) => ((stop = false), trouble.push(problem)) };
  const ended = runArming({ macs: ['001565000001'], filter: {}, why: '' }, watcher);
  ended.catch(() => undefined);
  await vi.runAllTimersAsync();
  return { ended, trouble, stops: told.filter(one => one.startsWith('DELETE')).length };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('R_F2 says why arming could not be stopped, and watches on', async () => {
  const { ended, trouble, stops } = await run([reply(200, job('running', 1)), reply(200, job('done', 3))], () => reply(500, { what: 'the disk is full' }));
  expect(trouble.map(one => one.message)).toEqual(['the disk is full']);
  expect([(await ended).done, stops]).toEqual([3, 1]);
});

it('R_F2 says nothing where it had just ended', async () => {
  const { ended, trouble } = await run([reply(200, job('done', 3))], () => reply(404, { what: 'there is no such job' }));
  expect([(await ended).done, trouble]).toEqual([3, []]);
});

it('R_F2 tells it to stop once', async () => {
  const { ended, trouble, stops } = await run([reply(200, job('running', 1)), reply(200, job('running', 1)), reply(200, job('cancelled', 1))], () => reply(202, {}));
  expect([(await ended).done, trouble, stops]).toEqual([1, [], 1]);
});

it('R_F2 waits for a server that is away for a moment, and not where it may see it no more', async () => {
  const back = await run([reply(503, {}), reply(429, {}), reply(200, job('done', 3))], () => reply(202, {}));
  expect((await back.ended).done).toBe(3);
  const { ended } = await run([reply(403, { what: 'not yours' })], () => reply(202, {}));
  await expect(ended).rejects.toThrow('not yours');
});
