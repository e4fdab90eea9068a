// Tenants as a tree, in rows: each below its parent, brothers and sisters by name.
import type { Person, Tenant } from '../../api/types';

export interface TreeRow {
  tenant: Tenant;
  depth: number;
  below: number; // how many are below it, at any depth
}

// One whose parent is not among them (because one may not see it) stands at the top. A circle, which the server refuses,
// would be cut, not followed for ever.
export function treeOf(tenants: readonly Tenant[]): TreeRow[] {
  const known = new Set(tenants.map(tenant => tenant.slug));
  const children = new Map<string, Tenant[]>();
  for (const tenant of tenants) {
    const above = tenant.parent && known.has(tenant.parent) ? tenant.parent : '';
    children.set(above, [...(children.get(above) ?? []), tenant]);
  }
  const rows: TreeRow[] = [];
  const walk = (above: string, depth: number) => {
    for (const tenant of (children.get(above) ?? []).toSorted((a, b) => (a.name || a.slug).localeCompare(b.name || b.slug))) {
      const row = { tenant, depth, below: 0 };
      const place = rows.push(row);
      walk(tenant.slug, depth + 1);
      row.below = rows.length - place;
    }
  };
  walk('', 0);
  const placed = new Set(rows.map(row => row.tenant.slug));
  return [...rows, ...tenants.filter(tenant => !placed.has(tenant.slug)).map(tenant => ({ tenant, depth: 0, below: 0 }))];
}

// Those above it, the topmost first.
export function pathTo(tenants: readonly Tenant[], slug: string): Tenant[] {
  const bySlug = new Map(tenants.map(tenant => [tenant.slug, tenant]));
  const path: Tenant[] = [];
  let next = bySlug.get(bySlug.get(slug)?.parent ?? '');
  while (next && !path.includes(next)) {
    path.unshift(next);
    next = bySlug.get(next.parent ?? '');
  }
  return path;
}

// A tenant's policy and its removal are the business of those above it; what a reseller sees is its own tenant and those
// below.
export function standsAbove(person: Pick<Person, 'role' | 'tenant'>, slug: string): boolean {
  return person.role === 'platform' || (person.role === 'reseller' && person.tenant !== slug);
}

// Rows that fit what is searched for, and those above them, so that each stands where it belongs.
export function searched(rows: readonly TreeRow[], wanted: string): TreeRow[] {
  const text = wanted.trim().toLowerCase();
  if (text === '') return [...rows];
  const fits = (row: TreeRow) => `${row.tenant.slug} ${row.tenant.name}`.toLowerCase().includes(text);
  return rows.filter((row, place) => fits(row) || rows.slice(place + 1, place + 1 + row.below).some(fits));
}
