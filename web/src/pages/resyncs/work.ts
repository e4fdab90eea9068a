// Imports, their undos and resyncs as one list.
import { type Page, api } from '../../api/client';
import { Problem } from '../../api/problem';
import type { Job, Resync } from '../../api/types';

export interface Work {
  id: string;
  kind: Job['kind'];
  state: string;
  scope: string;
  done: number;
  total: number;
  left: number | null; // seconds
  by: string;
  begun: string;
  message: string;
  cancel: string | null; // path
  href: string | null; // of its page, which a list has
  resync: Resync | undefined;
}

// What the list of jobs does not tell of a resync comes from the list of resyncs.
export function together(jobs: readonly Job[], resyncs: readonly Resync[]): Work[] {
  const byId = new Map(resyncs.map(resync => [`r${resync.id}`, resync]));
  return jobs.map(({ id, kind, state, title, done, total, left_seconds, actor, made, message, link, can_cancel }) => {
    const cancel = can_cancel ? `/v1/jobs/${id}` : null;
    const href = link.startsWith('/imports/') ? link : null;
    return { id, kind, state, scope: title, done, total, left: left_seconds, by: actor, begun: made, message, cancel, href, resync: byId.get(id) };
  });
}

// P-8311: the server's configuration has no way to reach phones.
const noWay = (error: unknown) => error instanceof Problem && error.code === 'P-8311';

export async function loadWork(signal: AbortSignal): Promise<{ work: Work[]; noWay: boolean }> {
  const jobs = await api.get<Page<Job>>('/v1/jobs', {}, signal);
  try {
    const resyncs = await api.get<Page<Resync>>('/v1/resyncs', {}, signal);
    return { work: together(jobs.items, resyncs.items), noWay: false };
  } catch (error) {
    if (!noWay(error)) throw error;
    return { work: together(jobs.items, []), noWay: true };
  }
}
