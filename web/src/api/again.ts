// Asking the same again and again: how soon, and when no more.
import { Problem } from './problem';

const longest = 30_000; // milliseconds between two questions to a server in trouble
const passing = [408, 425, 429]; // refused for now

// A refusal that asking again does not change.
export function isFinal(error: unknown): boolean {
  return error instanceof Problem && error.status >= 400 && error.status < 500 && !passing.includes(error.status);
}

// False: no more. The longer in a row or the more often it failed, the longer it is left alone.
export function againIn(usual: number, error: Error | null, failures: number): number | false {
  if (isFinal(error)) return false;
  return error === null ? usual : Math.max(usual, Math.min(usual * 2 ** failures, longest));
}

interface Asked {
  state: { error: Error | null; errorUpdateCount: number };
}

// refetchInterval: every(10_000)
export function every(usual: number): (query: Asked) => number | false {
  return ({ state }) => againIn(usual, state.error, state.errorUpdateCount);
}
