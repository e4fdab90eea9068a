// The list behind the table: pages by cursor, filters from the address.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../api/client';
import type { Device, DevicePage } from '../../api/types';

export const filterNames = ['q', 'tenant', 'vendor', 'model', 'site', 'firmware', 'state', 'rating', 'held_key', 'never_seen', 'muted'] as const;
export type DeviceFilter = Partial<Record<(typeof filterNames)[number], string>>;

const pageSize = 200;

export function filterOf(values: Record<string, string>): DeviceFilter {
  const filter: DeviceFilter = {};
  for (const name of filterNames) if (values[name]) filter[name] = values[name];
  return filter;
}

// 'mac', or '-last_seen' for the other way round; the server knows no more than these.
export function sortOf(values: Record<string, string>): string {
  const wanted = values.sort ?? '';
  return /^-?(mac|last_seen|tenant|site|vendor|model|firmware|state|rating)$/.test(wanted) ? wanted : 'mac';
}

export function useDevices(filter: DeviceFilter, sort: string) {
  const query = useInfiniteQuery({
    queryKey: ['devices', filter, sort],
    queryFn: ({ pageParam, signal }) =>
      api.get<DevicePage>('/v1/devices', { ...filter, sort: sort === 'mac' ? '' : sort, after: pageParam, limit: pageSize }, signal),
    initialPageParam: '',
    getNextPageParam: page => page.next || undefined,
    placeholderData: before => before,
  });
  const rows = useMemo(() => query.data?.pages.flatMap(page => page.items) ?? [], [query.data]);
  const total = query.data?.pages[0]?.total ?? (query.hasNextPage ? undefined : rows.length);
  return { query, rows, total };
}

// Every MAC that fits, page by page; for bulk actions on more than is loaded.
export async function allMacs(filter: DeviceFilter, signal: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  let after = '';
  do {
    const page = await api.get<DevicePage>('/v1/devices', { ...filter, after, limit: 1000 }, signal);
    found.push(...page.items.map(device => device.mac));
    after = page.next ?? '';
  } while (after !== '');
  return found;
}

// What people call a phone: the name on its display, else its user.
export function lineOf(device: Device): string {
  return device.settings['line.1.display_name'] ?? device.settings['line.1.user'] ?? '';
}
