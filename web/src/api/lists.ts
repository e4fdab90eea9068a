// Lists that many pages choose from.
import { useQuery } from '@tanstack/react-query';
import { type Page, api } from './client';
import type { Tenant, Vendor } from './types';

export function useTenants(staleTime = 60_000) {
  return useQuery({ queryKey: ['tenants'], queryFn: ({ signal }) => api.get<Page<Tenant>>('/v1/tenants', {}, signal), staleTime });
}

export function useVendors() {
  return useQuery({ queryKey: ['vendors'], queryFn: ({ signal }) => api.get<Page<Vendor>>('/v1/vendors', {}, signal), staleTime: 600_000 });
}
