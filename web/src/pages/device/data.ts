import { useDocumentVisibility } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { every } from '../../api/again';
import { type Page, api, request } from '../../api/client';
import type { CareDraft, Delivery, Device, DeviceCare, DeviceComparison, DeviceDiff, DiagnosticWindow, Explained, ExplainedStranger, LintedRule, NewDevice, Preview } from '../../api/types';

export function useExplained(mac: string) {
  return useQuery({
    queryKey: ['device', mac, 'explain'],
    queryFn: ({ signal }) => api.get<Explained | ExplainedStranger>(`/v1/devices/${mac}/explain`, {}, signal),
    refetchInterval: every(10_000),
  });
}

export function usePreview(mac: string) {
  return useQuery({ queryKey: ['device', mac, 'preview'], queryFn: () => api.get<Preview>(`/v1/devices/${mac}/preview`) });
}

export function useDiff(mac: string) {
  return useQuery({ queryKey: ['device', mac, 'diff'], queryFn: () => api.get<DeviceDiff>(`/v1/devices/${mac}/diff`) });
}

// Without `other` the server takes the one of its model that was served last.
export function useComparison(mac: string, other: string) {
  return useQuery({
    queryKey: ['device', mac, 'compare', other],
    queryFn: () => api.get<DeviceComparison>(`/v1/devices/${mac}/compare`, other ? { with: other } : {}),
    retry: false,
  });
}

export function useLint(mac: string) {
  return useQuery({ queryKey: ['device', mac, 'lint'], queryFn: () => api.get<Page<LintedRule>>(`/v1/devices/${mac}/lint`) });
}

export function useDeliveries(mac: string) {
  return useQuery({
    queryKey: ['device', mac, 'deliveries'],
    queryFn: () => api.get<Page<Delivery>>(`/v1/devices/${mac}/deliveries`, { limit: 100 }),
  });
}

export function useDiagnostics(mac: string) {
  return useQuery({
    queryKey: ['device', mac, 'diagnostics'],
    queryFn: () => api.get<DiagnosticWindow>(`/v1/devices/${mac}/diagnostics`),
    retry: false,
    refetchInterval: every(10_000),
  });
}

export function useCare(mac: string) {
  return useQuery({
    queryKey: ['device', mac, 'care'],
    queryFn: () => api.get<DeviceCare>(`/v1/devices/${mac}/care`),
    retry: false,
  });
}

// Not over what another person wrote meanwhile.
export async function changeCare(mac: string, known: DeviceCare | undefined, change: CareDraft): Promise<void> {
  await request('PATCH', `/v1/devices/${mac}/care`, { body: change, ...(known && { etag: `"${known.version}"` }) });
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
export async function changeDevice(device: Device, change: Pick<NewDevice, 'model' | 'site' | 'settings'>): Promise<void> {
  await request('PATCH', `/v1/devices/${device.mac}`, { body: change, etag: `"${device.version}"` });
}
