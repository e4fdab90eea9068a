import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Page, api } from '../../api/client';
import { useSessionState } from '../../api/session';
import type { OwnSession, Passkey } from '../../api/types';

export function usePasskeys() {
  return useQuery({ queryKey: ['me', 'passkeys'], queryFn: () => api.get<Page<Passkey>>('/v1/me/passkeys') });
}

export function useMySessions() {
  return useQuery({ queryKey: ['me', 'sessions'], queryFn: () => api.get<Page<OwnSession>>('/v1/me/sessions') });
}

export function useAccountChanged() {
  const client = useQueryClient();
  const { refresh } = useSessionState();
  return async () => {
    await client.invalidateQueries({ queryKey: ['me'] });
    await refresh();
  };
}
