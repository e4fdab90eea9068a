// One action on many devices: some at a time, with progress, until it is stopped.
import { type Problem, asProblem } from '../../api/problem';

export interface BulkState {
  total: number;
  done: number;
  failed: { mac: string; problem: Problem }[];
}

export type One = (mac: string) => Promise<unknown>;

export async function runBulk(
  macs: string[],
  one: One,
  onProgress: (state: BulkState) => void,
  signal: AbortSignal,
  atOnce = 4,
): Promise<BulkState> {
  const state: BulkState = { total: macs.length, done: 0, failed: [] };
  let next = 0;
  const worker = async () => {
    while (next < macs.length && !signal.aborted) {
      const mac = macs[next] as string;
      next += 1;
      try {
        await one(mac);
        state.done += 1;
      } catch (error) {
        state.failed.push({ mac, problem: asProblem(error) });
      }
      onProgress({ ...state, failed: [...state.failed] });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, macs.length) }, worker));
  return state;
}
