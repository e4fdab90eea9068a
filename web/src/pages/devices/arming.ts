// Arming many devices is one call, and work of the server's: it goes on when this page is left. Here it is watched, and
// may be stopped. Beyond a number of devices the call waits for a second person, which is thrown as a Problem.
import { api } from '../../api/client';
import { Problem } from '../../api/problem';
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

export async function runArming({ macs, filter, why }: ToArm, onProgress: (state: BulkState) => void, signal: AbortSignal): Promise<BulkState> {
  const body: ManyToArm = macs === null ? { all: true } : { devices: macs };
  if (why) body.reason = why;
  let job = await api.post<ArmJob, ManyToArm>('/v1/arms', body, macs === null ? { query: filter } : {});
  let told = false;
  while (job.state === 'running') {
    onProgress(stateOf(job));
    if (signal.aborted && !told) {
      told = true;
      await api.remove(`/v1/jobs/${job.id}`).catch(() => undefined); // it has just ended
    }
    await new Promise(resolve => setTimeout(resolve, askAgainAfter));
    job = await api.get<ArmJob>(`/v1/arms/${job.id}`);
  }
  return stateOf(job);
}
