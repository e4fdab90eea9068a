// Who is signed in. The page asks once, and again after every step of signing in.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { api, hooks } from './client';
import { Problem } from './problem';
import type { Role, Session } from './types';

interface Held {
  session: Session | null; // null: nobody is signed in
  answeredAt: number; // when the server said so
  ended: boolean; // somebody was, and did not sign out
  loading: boolean;
  error: Problem | null; // anything but 401
  refresh: () => Promise<unknown>;
  look: () => void; // whether it is still there, unless that is asked already
  signOut: () => Promise<void>;
}

// While developing, behind the control socket, there are no sessions: whoever reaches it may do everything.
const local: Session = {
  person: { id: 0, login: 'local', name: 'Local operator', role: 'platform', tenant: null, state: 'active', created: '', version: 0 },
  csrf: '',
  stepped_up_until: null,
  factors: { password: true, totp: true, passkeys: 1, recovery_left: 10 },
  must_enrol: false,
  expires: '2099-01-01T00:00:00Z',
  expires_in: 1e9,
  longest_in: 1e9,
};

async function ask(): Promise<Session | null> {
  try {
    return await api.get<Session>('/v1/session');
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    const withoutGate = error instanceof Problem && error.status === 404;
    if (withoutGate && import.meta.env.DEV) return local;
    throw error;
  }
}

export const sessionKey = ['session'] as const;

const Context = createContext<Held | null>(null);

export function SessionProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const query = useQuery({ queryKey: sessionKey, queryFn: ask, staleTime: 60_000, retry: false });
  const session = query.data ?? null;
  const [was, setWas] = useState<'out' | 'in' | 'left' | 'ended'>('out');
  if (session !== null && was !== 'in') setWas('in');
  if (session === null && !query.isPending && was === 'in') setWas('ended');

  const refresh = useCallback(() => client.invalidateQueries({ queryKey: sessionKey }), [client]);
  const look = useCallback(() => void client.refetchQueries({ queryKey: sessionKey }, { cancelRefetch: false }), [client]);
  // Nothing of the one who left may stay; the session's own entry is watched, so it is set, not taken out.
  const forget = useCallback(() => {
    client.removeQueries({ predicate: query => query.queryKey[0] !== sessionKey[0] });
    client.setQueryData(sessionKey, null);
  }, [client]);
  useEffect(() => {
    if (was === 'ended') forget();
  }, [was, forget]);
  const signOut = useCallback(async () => {
    try {
      await api.remove('/v1/session');
    } catch (error) {
      // A session that is still there must not look as if it had ended.
      if (!(error instanceof Problem) || error.status !== 401) throw error;
    }
    setWas('left');
    forget();
  }, [forget]);

  useEffect(() => {
    hooks.onSignedOut = forget;
  }, [forget]);

  const held = useMemo<Held>(
    () => ({
      session,
      answeredAt: query.dataUpdatedAt,
      ended: was === 'ended',
      loading: query.isPending,
      error: query.error instanceof Problem ? query.error : null,
      refresh,
      look,
      signOut,
    }),
    [session, query.dataUpdatedAt, was, query.isPending, query.error, refresh, look, signOut],
  );
  return <Context value={held}>{children}</Context>;
}

export function useSessionState(): Held {
  const held = use(Context);
  if (held === null) throw new Error('no SessionProvider above');
  return held;
}

// On every page but the sign-in: somebody is there.
export function useSession(): Session {
  const { session } = useSessionState();
  if (session === null) throw new Error('nobody is signed in');
  return session;
}

// What a role may do at all; the server decides, this hides what it would refuse.
const ranks: Record<Role, Role[]> = {
  platform: ['platform'],
  reseller: ['platform', 'reseller'],
  'tenant-admin': ['platform', 'reseller', 'tenant-admin'],
  support: ['platform', 'reseller', 'tenant-admin', 'support'],
  auditor: ['platform', 'reseller', 'tenant-admin', 'support', 'auditor'],
};

// may('tenant-admin'): a tenant admin, or anyone above.
export function useMay(): (least: Role) => boolean {
  const { person } = useSession();
  return useCallback((least: Role) => ranks[least].includes(person.role), [person.role]);
}
