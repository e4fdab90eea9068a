// Figures of the fleet. An older server has only some of them: then those it has.
import { useQuery } from '@tanstack/react-query';
import { isMissing } from '../parts/Answer';
import { type History, type Span, windowOf } from '../parts/series';
import { api } from './client';
import type { DeviceState } from './types';

export interface Named {
  name: string;
  count: number;
}

export interface Attention {
  kind: string;
  urgency?: 'act' | 'look';
  title: string;
  next_step?: string;
  count: number;
  link: string;
}

export interface Fleet {
  devices: number;
  by_state: Partial<Record<DeviceState, number>>;
  by_vendor?: Named[];
  by_model?: Named[];
  by_firmware?: Named[];
  by_rating?: Record<string, number>;
  never_seen?: number;
  attention: Attention[];
}

export interface RatingLine {
  stars: number;
  expected: boolean;
  certain: boolean;
  devices: number;
  vendor: string;
  reason: string;
  raise: string;
}

export interface Ratings {
  devices: number;
  lowest: number | null;
  proved: Record<string, number>;
  expected: Record<string, number>;
  lines: RatingLine[];
  lines_total: number;
}

interface ServerFigures {
  devices: number;
  devices_by_state: Partial<Record<DeviceState, number>>;
  expiry_braked: boolean;
  review_due: boolean;
}

async function fromServer(signal: AbortSignal): Promise<Fleet> {
  const server = await api.get<ServerFigures>('/v1/server', {}, signal);
  const attention: Attention[] = [];
  if (server.expiry_braked) attention.push({ kind: 'expiry-braked', urgency: 'act', title: 'The clock jumped: nothing expires any more', count: 1, link: '/server' });
  if (server.review_due) attention.push({ kind: 'review-due', urgency: 'look', title: 'The review of suspicious activity is due', count: 1, link: '/review' });
  return { devices: server.devices, by_state: server.devices_by_state, attention };
}

export function useFleet(tenant = '') {
  return useQuery({
    queryKey: ['fleet', tenant],
    queryFn: async ({ signal }) => {
      try {
        return await api.get<Fleet>('/v1/fleet', { tenant }, signal);
      } catch (error) {
        if (!isMissing(error)) throw error;
        return fromServer(signal);
      }
    },
    refetchInterval: 20_000,
  });
}

export function useHistory(span: Span) {
  return useQuery({
    queryKey: ['fleet-history', span],
    queryFn: ({ signal }) => api.get<History>('/v1/fleet/history', windowOf(span, new Date()), signal),
    refetchInterval: 60_000,
    placeholderData: before => before,
  });
}

export function useRatings(tenant = '') {
  return useQuery({
    queryKey: ['ratings', tenant],
    queryFn: ({ signal }) => api.get<Ratings>('/v1/ratings', { tenant }, signal),
    staleTime: 30_000,
  });
}
