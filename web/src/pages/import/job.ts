// The import on the server: begun with a file, asked for until it has come to rest.
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { ImportJob } from '../../api/types';

export interface LoadedFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface Options {
  tenant: string;
  arm: boolean;
}

export function isMoving(job: ImportJob | undefined): boolean {
  return job?.state === 'checking' || job?.state === 'applying';
}

export async function beginImport(file: LoadedFile | string, { tenant, arm }: Options): Promise<ImportJob> {
  const body = new Blob([typeof file === 'string' ? file : file.bytes]);
  return api.post<ImportJob>('/v1/imports', body, { contentType: 'text/csv', query: { tenant, arm: arm || null } });
}

export function useJob(id: string | undefined) {
  return useQuery({
    queryKey: ['import', id],
    queryFn: () => api.get<ImportJob>(`/v1/imports/${id}`),
    enabled: id !== undefined,
    refetchInterval: query => (isMoving(query.state.data) || query.state.data?.undo?.state === 'running' ? 400 : false),
  });
}
