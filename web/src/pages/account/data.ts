import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Page, api } from '../../api/client';
import { useSessionState } from '../../api/session';

export interface Passkey {
  id: number;
  name: string;
  created: string;
  used: string | null;
}

export interface MySession {
  id: number;
  current: boolean;
  created: string;
  used: string;
  expires: string;
  how: string;
  source: string;
  agent: string;
  whole: boolean; // false: the second step is not done yet
}

export function usePasskeys() {
  return useQuery({ queryKey: ['me', 'passkeys'], queryFn: () => api.get<Page<Passkey>>('/v1/me/passkeys') });
}

export function useMySessions() {
  return useQuery({ queryKey: ['me', 'sessions'], queryFn: () => api.get<Page<MySession>>('/v1/me/sessions') });
}

export function useAccountChanged() {
  const client = useQueryClient();
  const { refresh } = useSessionState();
  return async () => {
    await client.invalidateQueries({ queryKey: ['me'] });
    await refresh();
  };
}
