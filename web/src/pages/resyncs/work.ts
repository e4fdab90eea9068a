// Imports and resyncs as one list. Where the server has no list of jobs, its list of resyncs.
import { type Page, api } from '../../api/client';
import { Problem } from '../../api/problem';
import { isMissing } from '../../parts/Answer';

export interface Resync {
  id: number;
  state: string;
  tenant: string;
  scope: string;
  phones: number;
  told: number;
  took_it: number;
  did_not: number;
  reboot: boolean;
  window: string;
  made: string;
  ended: string;
  actor: string;
}

interface Job {
  id: string;
  kind: string;
  state: string;
  title: string;
  done: number;
  total: number;
  rate: number;
  left_seconds: number | null;
  actor: string;
  made: string;
  ended: string | null;
  message: string;
  can_cancel: boolean;
}

export interface Work {
  id: string;
  kind: 'resync' | 'import';
  state: string;
  scope: string;
  done: number;
  total: number;
  left: number | null; // seconds
  by: string;
  begun: string;
  message: string;
  cancel: string | null; // path
  resync?: Resync;
}

export function workOfResync(resync: Resync): Work {
  const { id, state, tenant, scope, told, phones, actor, made } = resync;
  return { id: `r${id}`, kind: 'resync', state, scope: scope || tenant, done: told, total: phones, left: null, by: actor, begun: made, message: '', cancel: state === 'running' ? `/v1/resyncs/${id}` : null, resync };
}

export function workOfJob(job: Job): Work {
  const { id, kind, state, title, done, total, left_seconds, actor, made, message, can_cancel } = job;
  return { id, kind: kind === 'import' ? 'import' : 'resync', state, scope: title, done, total, left: left_seconds, by: actor, begun: made, message, cancel: can_cancel ? `/v1/jobs/${id}` : null };
}

// What the list of jobs does not tell of a resync comes from the list of resyncs.
export function together(jobs: readonly Job[], resyncs: readonly Resync[]): Work[] {
  const byId = new Map(resyncs.map(resync => [`r${resync.id}`, resync]));
  return jobs.map(job => {
    const resync = byId.get(job.id);
    return resync ? { ...workOfJob(job), resync } : workOfJob(job);
  });
}

// P-8311: the server's configuration has no way to reach phones.
const noWay = (error: unknown) => error instanceof Problem && error.code === 'P-8311';

export async function loadWork(signal: AbortSignal): Promise<{ work: Work[]; noWay: boolean }> {
  const resyncs = await api.get<Page<Resync>>('/v1/resyncs', {}, signal).catch((error: unknown) => (noWay(error) ? null : Promise.reject(error)));
  try {
    const jobs = await api.get<Page<Job>>('/v1/jobs', {}, signal);
    return { work: together(jobs.items, resyncs?.items ?? []), noWay: resyncs === null };
  } catch (error) {
    if (!isMissing(error)) throw error;
    return { work: (resyncs?.items ?? []).map(workOfResync), noWay: resyncs === null };
  }
}
