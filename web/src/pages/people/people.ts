// People and programs that may come in. The server writes roles with a dash.
import type { Role } from '../../api/session';

export interface Factors {
  password: boolean;
  totp: boolean;
  passkeys: number;
  recovery_left: number;
}

export interface Person {
  id: number;
  login: string;
  name: string;
  role: string;
  tenant: string | null;
  state: 'active' | 'disabled';
  created: string;
  version: number;
  factors: Partial<Factors>;
  last_login?: string | null;
}

export interface LoginLink {
  login_url_path: string;
  until: string;
}

export interface ApiToken {
  id: number;
  handle: string;
  name: string;
  role: string;
  tenant: string | null;
  write: boolean;
  sensitive: boolean;
  creator: string;
  created: string;
  until: string;
  used?: string | null;
  ended?: boolean;
}

export const roles: Role[] = ['platform', 'reseller', 'tenant_admin', 'support', 'auditor'];

export const roleOf = (text: string) => text.replace('-', '_') as Role;
export const wireRole = (role: Role) => role.replace('_', '-');

// Whom one of that role may make or change: a platform admin all, a reseller and a tenant's admin their own rank and
// those below.
export function manageable(role: Role): Role[] {
  if (role === 'platform') return roles;
  if (role === 'reseller') return ['reseller', 'tenant_admin', 'support', 'auditor'];
  if (role === 'tenant_admin') return ['tenant_admin', 'support', 'auditor'];
  return [];
}

// How somebody gets in: the strongest first; none: not yet.
export function waysOf(factors: Partial<Factors>): ('passkey' | 'password_totp' | 'password' | 'none')[] {
  const ways: ('passkey' | 'password_totp' | 'password' | 'none')[] = [];
  if ((factors.passkeys ?? 0) > 0) ways.push('passkey');
  if (factors.password) ways.push(factors.totp ? 'password_totp' : 'password');
  return ways.length > 0 ? ways : ['none'];
}
