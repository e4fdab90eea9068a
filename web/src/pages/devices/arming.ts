// Arming many devices is one call, and work of the server's: it goes on when this page is left. Here it is watched, and
// may be stopped. Beyond a number of devices the call waits for a second person, which is thrown as a Problem.
import { againIn } from '../../api/again';
import { api } from '../../api/client';
import { Problem, asProblem } from '../../api/problem';
import type { ArmJob, ManyToArm } from '../../api/types';
import type { BulkState } from './bulk';
import type { DeviceFilter } from './list';

const askAgainAfter = 500; // milliseconds

export function stateOf(job: ArmJob): BulkState {
  const failed = job.failures.map(one => ({ mac: one.mac, problem: new Problem(422, one) }));
  return { total: job.total, done: job.done, failed };
}

export interface ToArm {
  macs: string[] | null; // null: all that the filter takes
  filter: DeviceFilter;
  why: string;
}

export interface Watcher {
  onProgress: (state: BulkState) => void;
  wantsStop: () => boolean;
  onNotStopped: (problem: Problem) => void; // it goes on
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

// Null: it is told to stop.
const stop = (id: string): Promise<Problem | null> => api.remove(`/v1/jobs/${id}`).then(() => null, asProblem);

// A server that is away for a moment has the work all the same.
async function look(id: string): Promise<ArmJob> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await api.get<ArmJob>(`/v1/arms/${id}`);
    } catch (error) {
      const wait = againIn(askAgainAfter, asProblem(error), failures);
      if (wait === false) throw error;
      await pause(wait);
    }
  }
}

export async function runArming({ macs, filter, why }: ToArm, { onProgress, wantsStop, onNotStopped }: Watcher): Promise<BulkState> {
  const body: ManyToArm = macs === null ? { all: true } : { devices: macs };
  if (why) body.reason = why;
  let job = await api.post<ArmJob, ManyToArm>('/v1/arms', body, macs === null ? { query: filter } : {});
  let told = false;
  while (job.state === 'running') {
    onProgress(stateOf(job));
    const trouble: Problem | null = wantsStop() && !told ? await stop(job.id) : null;
    told = wantsStop() && trouble === null;
    await pause(askAgainAfter);
    job = await look(job.id);
    if (trouble !== null && job.state === 'running') onNotStopped(trouble); // else it had just ended
  }
  return stateOf(job);
}
