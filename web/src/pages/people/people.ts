import type { Factors, Role } from '../../api/types';

export const roles: Role[] = ['platform', 'reseller', 'tenant-admin', 'support', 'auditor'];

// Whom one of that role may make or change: a platform admin all, a reseller and a tenant's admin their own rank and
// those below.
export function manageable(role: Role): Role[] {
  if (role === 'platform') return roles;
  if (role === 'reseller') return ['reseller', 'tenant-admin', 'support', 'auditor'];
  if (role === 'tenant-admin') return ['tenant-admin', 'support', 'auditor'];
  return [];
}

// How somebody gets in: the strongest first; none: not yet.
export function waysOf(factors: Factors): ('passkey' | 'password_totp' | 'password' | 'none')[] {
  const ways: ('passkey' | 'password_totp' | 'password' | 'none')[] = [];
  if (factors.passkeys > 0) ways.push('passkey');
  if (factors.password) ways.push(factors.totp ? 'password_totp' : 'password');
  return ways.length > 0 ? ways : ['none'];
}
