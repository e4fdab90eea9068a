// Every page of the desk, one line each: path, folder under pages/ (loaded when it is first opened), names in both
// languages, and where the menu shows it. `least` is the lowest role that sees it.
import type { ComponentType } from 'react';
import type { Role } from '../api/types';
import type { IconName } from '../parts/icons';

export type Group = 'work' | 'watch' | 'trust' | 'house';

export interface PageProps {
  params: Record<string, string>;
}

export interface Route {
  path: string;
  load: () => Promise<{ default: ComponentType<PageProps> }>;
  en: string;
  de: string;
  group?: Group; // none: not in the menu
  icon: IconName;
  least?: Role;
  roles?: Role[]; // where ranks don't say it: those of the server's table of roles
}

export function shownTo(route: Route, role: Role, may: (least: Role) => boolean): boolean {
  if (route.group === undefined) return false;
  return (route.least === undefined || may(route.least)) && (route.roles === undefined || route.roles.includes(role));
}

const watchers: Role[] = ['platform', 'support', 'auditor'];
const keepers: Role[] = ['platform', 'reseller', 'tenant-admin', 'auditor'];

export const routes: Route[] = [
  { path: '/', load: () => import('../pages/overview'), en: 'Overview', de: 'Übersicht', group: 'work', icon: 'overview' },
  { path: '/devices', load: () => import('../pages/devices'), en: 'Devices', de: 'Geräte', group: 'work', icon: 'phone' },
  { path: '/devices/:mac', load: () => import('../pages/device'), en: 'Device', de: 'Gerät', icon: 'phone' },
  { path: '/import', load: () => import('../pages/import'), en: 'Import', de: 'Import', group: 'work', icon: 'upload', least: 'tenant-admin' },
  { path: '/imports/:job', load: () => import('../pages/import'), en: 'Import', de: 'Import', icon: 'upload', least: 'tenant-admin' },
  { path: '/trunks', load: () => import('../pages/trunks'), en: 'SIP trunks', de: 'SIP-Trunks', group: 'work', icon: 'link' },
  { path: '/resyncs', load: () => import('../pages/resyncs'), en: 'Long work', de: 'Lange Arbeiten', group: 'work', icon: 'refresh' },
  { path: '/resyncs/:id', load: () => import('../pages/resyncs'), en: 'Long work', de: 'Lange Arbeiten', icon: 'refresh' },
  { path: '/account', load: () => import('../pages/account'), en: 'My account', de: 'Mein Konto', icon: 'person' },
  { path: '/events', load: () => import('../pages/events'), en: 'Live events', de: 'Live-Ereignisse', group: 'watch', icon: 'pulse' },
  { path: '/review', load: () => import('../pages/review'), en: 'Review', de: 'Durchsicht', group: 'watch', icon: 'eye', roles: watchers },
  { path: '/bans', load: () => import('../pages/bans'), en: 'Bans', de: 'Sperren', group: 'watch', icon: 'ban', roles: watchers },
  { path: '/report', load: () => import('../pages/report'), en: 'Fleet report', de: 'Flottenbericht', group: 'watch', icon: 'chart' },
  { path: '/vendors', load: () => import('../pages/vendors'), en: 'Vendors', de: 'Hersteller', group: 'trust', icon: 'box' },
  { path: '/vendors/:vendor', load: () => import('../pages/vendor'), en: 'Vendor', de: 'Hersteller', icon: 'box' },
  { path: '/trust', load: () => import('../pages/trust'), en: 'Trust', de: 'Vertrauen', group: 'trust', icon: 'shield', roles: watchers },
  { path: '/hardening', load: () => import('../pages/hardening'), en: 'Hardening', de: 'Härtung', group: 'trust', icon: 'lock' },
  { path: '/audit', load: () => import('../pages/audit'), en: 'Audit trail', de: 'Prüfprotokoll', group: 'trust', icon: 'book', roles: keepers },
  { path: '/tenants', load: () => import('../pages/tenants'), en: 'Tenants', de: 'Mandanten', group: 'house', icon: 'tree' },
  { path: '/tenants/:slug', load: () => import('../pages/tenant'), en: 'Tenant', de: 'Mandant', icon: 'tree' },
  { path: '/people', load: () => import('../pages/people'), en: 'People, tokens', de: 'Menschen, Token', group: 'house', icon: 'people', roles: keepers },
  { path: '/approvals', load: () => import('../pages/approvals'), en: 'Approvals', de: 'Genehmigungen', group: 'house', icon: 'check', roles: keepers },
  { path: '/registrars', load: () => import('../pages/registrars'), en: 'Registrars', de: 'Registrare', group: 'house', icon: 'server', roles: watchers },
  { path: '/registrars/:id', load: () => import('../pages/registrars'), en: 'Registrars', de: 'Registrare', icon: 'server' },
  { path: '/server', load: () => import('../pages/server'), en: 'Server', de: 'Server', group: 'house', icon: 'gear', roles: watchers },
  { path: '/alerts', load: () => import('../pages/server'), en: 'Server', de: 'Server', icon: 'gear' },
];

export const groupNames: Record<Group, { en: string; de: string }> = {
  work: { en: 'Phones', de: 'Telefone' },
  watch: { en: 'Watch', de: 'Beobachten' },
  trust: { en: 'Trust', de: 'Vertrauen' },
  house: { en: 'House', de: 'Haus' },
};
