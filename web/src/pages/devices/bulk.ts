// One action on many devices: some at a time, with progress, until it is stopped.
import { type Problem, asProblem } from '../../api/problem';

export interface BulkState {
  total: number;
  done: number;
  failed: { mac: string; problem: Problem }[];
  ended?: Problem; // why the rest was not tried
}

export type One = (mac: string) => Promise<unknown>;

// What would come back for every other device too: nobody is signed in any more, a fresh proof was declined, or one
// person has done as much as one alone may.
function endsAll(problem: Problem): boolean {
  return problem.status === 401 || problem.needsStepUp || problem.code === 'P-8413';
}

// Stopped before it began: no trouble.
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

export async function runBulk(
  macs: string[],
  one: One,
  onProgress: (state: BulkState) => void,
  signal: AbortSignal,
  atOnce = 4,
): Promise<BulkState> {
  const state: BulkState = { total: macs.length, done: 0, failed: [] };
  let next = 0;
  const step = async () => {
    const mac = macs[next] as string;
    next += 1;
    try {
      await one(mac);
      state.done += 1;
    } catch (error) {
      const problem = asProblem(error);
      if (endsAll(problem)) state.ended = problem;
      else state.failed.push({ mac, problem });
    }
    onProgress({ ...state, failed: [...state.failed] });
  };
  const goesOn = () => next < macs.length && !signal.aborted && !state.ended;
  const worker = async () => {
    while (goesOn()) await step();
  };
  // The first goes alone: it may ask for a proof, which one is asked for once.
  if (goesOn()) await step();
  await Promise.all(Array.from({ length: Math.min(atOnce, macs.length) }, worker));
  return state;
}
