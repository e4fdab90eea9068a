// Figures of the fleet.
import { useQuery } from '@tanstack/react-query';
import { type Span, windowOf } from '../parts/series';
import { every } from './again';
import { api } from './client';
import type { Fleet, FleetHistory, Ratings } from './types';

export function useFleet(tenant = '') {
  return useQuery({
    queryKey: ['fleet', tenant],
    queryFn: ({ signal }) => api.get<Fleet>('/v1/fleet', { tenant }, signal),
    refetchInterval: every(20_000),
  });
}

export function useHistory(span: Span) {
  return useQuery({
    queryKey: ['fleet-history', span],
    queryFn: ({ signal }) => api.get<FleetHistory>('/v1/fleet/history', windowOf(span, new Date()), signal),
    refetchInterval: every(60_000),
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
