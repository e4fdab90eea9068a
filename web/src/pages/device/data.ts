import { useDocumentVisibility } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type Page, api, request } from '../../api/client';
import type { Delivery, Device, Explained, ExplainedStranger } from '../../api/types';

export interface DiffLine {
  parameter: string;
  before: string;
  after: string;
  setting: string;
  layer: string;
  layer_name: string;
}

export interface Diff {
  fetched: boolean;
  since: string | null;
  had_secrets: boolean;
  same: number;
  changed: DiffLine[];
  added: DiffLine[];
  removed: DiffLine[];
  secrets: string[];
}

export interface Preview {
  content_type: string;
  syntax: string;
  text: string;
  findings: string[];
}

export interface LintRule {
  rule: string;
  requirement: string;
  severity: string;
  says: string;
  state: string;
  detail: string;
}

export interface DiagnosticWindow {
  state: string; // 'none', else as the server says
  words: string;
  person?: string;
  reason?: string;
  opened?: string;
  until?: string;
  ended?: string | null;
  call_home?: { told: boolean; words: string; expected: string | null };
}

const base = (mac: string) => `/v1/devices/${mac}`;

export function useExplained(mac: string) {
  return useQuery({
    queryKey: ['device', mac, 'explain'],
    queryFn: ({ signal }) => api.get<Explained | ExplainedStranger>(`${base(mac)}/explain`, {}, signal),
    refetchInterval: 10_000,
  });
}

export function usePreview(mac: string) {
  return useQuery({ queryKey: ['device', mac, 'preview'], queryFn: () => api.get<Preview>(`${base(mac)}/preview`) });
}

export function useDiff(mac: string) {
  return useQuery({ queryKey: ['device', mac, 'diff'], queryFn: () => api.get<Diff>(`${base(mac)}/diff`) });
}

export function useLint(mac: string) {
  return useQuery({ queryKey: ['device', mac, 'lint'], queryFn: () => api.get<Page<LintRule>>(`${base(mac)}/lint`) });
}

export function useDeliveries(mac: string) {
  return useQuery({
    queryKey: ['device', mac, 'deliveries'],
    queryFn: () => api.get<Page<Delivery>>(`${base(mac)}/deliveries`, { limit: 100 }),
  });
}

export function useDiagnostics(mac: string) {
  return useQuery({
    queryKey: ['device', mac, 'diagnostics'],
    queryFn: () => api.get<DiagnosticWindow>(`${base(mac)}/diagnostics`),
    retry: false,
    refetchInterval: 10_000,
  });
}

// The stream of this device's events: each one makes what is shown fresh. Without a stream the page asks again now
// and then, as it does anyway. A page out of view lets go of it: a browser has six connections to one server.
export function useLive(mac: string) {
  const client = useQueryClient();
  const inView = useDocumentVisibility() === 'visible';
  useEffect(() => {
    if (!inView) return undefined;
    const source = new EventSource(`/v1/events/stream?device=${mac}`);
    source.addEventListener('message', () => void client.invalidateQueries({ queryKey: ['device', mac] }));
    return () => source.close();
  }, [client, mac, inView]);
}

export function useRefresh(mac: string) {
  const client = useQueryClient();
  return async () => {
    await client.invalidateQueries({ queryKey: ['device', mac] });
    await client.invalidateQueries({ queryKey: ['devices'] });
  };
}

// A change that must not run over another person's: the version it was made from goes along.
export async function changeDevice(device: Device, change: Record<string, unknown>): Promise<void> {
  await request('PATCH', base(device.mac), { body: change, etag: `"${device.version}"` });
}
