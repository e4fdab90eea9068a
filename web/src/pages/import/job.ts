// The import on the server: begun with a file, asked for until it has come to rest.
import { useQuery } from '@tanstack/react-query';
import { againIn } from '../../api/again';
import { api } from '../../api/client';
import { Problem } from '../../api/problem';
import type { ImportJob } from '../../api/types';

export interface LoadedFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface Options {
  tenant: string;
  arm: boolean;
  columns: Readonly<Record<string, string>>; // what they are read as, by header; empty: left out
}

export function isMoving(job: ImportJob | undefined): boolean {
  return job?.state === 'checking' || job?.state === 'applying';
}

// A list that is being checked goes with the server that checks it.
export function isGone(error: unknown): boolean {
  return error instanceof Problem && error.status === 404;
}

// How soon to ask again; false: it rests, is gone, or is nobody's business here any more.
export function askAgain(job: ImportJob | undefined, error: Error | null, failures: number): number | false {
  return isMoving(job) || job?.undo?.state === 'running' ? againIn(400, error, failures) : false;
}

export async function beginImport(file: LoadedFile | string, { tenant, arm, columns }: Options): Promise<ImportJob> {
  const said = Object.keys(columns).length > 0 ? JSON.stringify(columns) : null;
  const body = new Blob([typeof file === 'string' ? file : file.bytes]);
  return api.post<ImportJob>('/v1/imports', body, { contentType: 'text/csv', query: { tenant, arm: arm || null, columns: said } });
}

export function useJob(id: string | undefined) {
  return useQuery({
    queryKey: ['import', id],
    queryFn: () => api.get<ImportJob>(`/v1/imports/${id}`),
    enabled: id !== undefined,
    refetchInterval: query => askAgain(query.state.data, query.state.error, query.state.errorUpdateCount),
  });
}
