import { describe, expect, it } from 'vitest';
import type { Tenant } from '../../src/api/types';
import { countSites } from '../../src/pages/tenant/Sites';
import { slugOf } from '../../src/pages/tenants/AddTenant';
import { pathTo, searched, standsAbove, treeOf } from '../../src/pages/tenants/tree';
import { changesOf, pairsOf } from '../../src/parts/SettingsEditor';

const tenant = (slug: string, parent?: string): Tenant => ({ slug, name: slug.toUpperCase(), version: 1, settings: {}, ...(parent ? { parent } : {}) });
const all = [tenant('quay', 'harbour'), tenant('acme'), tenant('north'), tenant('harbour', 'north'), tenant('fjord', 'north')];
const shape = (rows: ReturnType<typeof treeOf>) => rows.map(row => [row.tenant.slug, row.depth, row.below]);

describe('R_F2 the tree of tenants', () => {
  it('puts each below its parent, by name', () => {
    expect(shape(treeOf(all))).toEqual([
      ['acme', 0, 0],
      ['north', 0, 3],
      ['fjord', 1, 0],
      ['harbour', 1, 1],
      ['quay', 2, 0],
    ]);
  });

  it('puts one at the top whose parent may not be seen', () => {
    expect(shape(treeOf([tenant('quay', 'harbour'), tenant('fjord', 'north')]))).toEqual([
      ['fjord', 0, 0],
      ['quay', 0, 0],
    ]);
  });

  it('loses nobody in a circle, and ends', () => {
    expect(treeOf([tenant('a', 'b'), tenant('b', 'a')]).map(row => row.tenant.slug)).toEqual(['a', 'b']);
    expect(pathTo([tenant('a', 'b'), tenant('b', 'a')], 'a').map(one => one.slug)).toEqual(['a', 'b']);
  });

  it('knows the way from the top', () => {
    expect(pathTo(all, 'quay').map(one => one.slug)).toEqual(['north', 'harbour']);
    expect(pathTo(all, 'acme')).toEqual([]);
  });

  it('keeps those above what was searched for', () => {
    expect(searched(treeOf(all), 'QUAY').map(row => row.tenant.slug)).toEqual(['north', 'harbour', 'quay']);
  });

  it('leaves policy and removal to those above', () => {
    expect(standsAbove({ role: 'platform', tenant: null }, 'north')).toBe(true);
    expect(standsAbove({ role: 'reseller', tenant: 'north' }, 'north')).toBe(false);
    expect(standsAbove({ role: 'reseller', tenant: 'north' }, 'quay')).toBe(true);
    expect(standsAbove({ role: 'reseller', tenant: null }, 'north')).toBe(true);
    for (const role of ['tenant-admin', 'support', 'auditor'] as const) expect(standsAbove({ role, tenant: 'north' }, 'quay')).toBe(false);
  });

  it('suggests a short name', () => {
    expect(slugOf('Straße & Söhne, Inc.')).toBe('strasse-sohne-inc');
    expect(slugOf('  --  ')).toBe('');
  });

  it('sends only what changed of settings, and an empty value for one taken away', () => {
    const before = { 'time.zone': 'UTC', 'line.expires': '60', kept: '1' };
    const pairs = pairsOf(before).filter(pair => pair.name !== 'line.expires').map(pair => (pair.name === 'time.zone' ? { ...pair, value: ' Europe/Oslo ' } : pair));
    expect(changesOf(before, [...pairs, { key: 9, name: ' new ', value: 'x' }, { key: 10, name: '', value: 'lost' }])).toEqual({ 'time.zone': 'Europe/Oslo', 'line.expires': '', new: 'x' });
  });

  it('counts the sites of devices', () => {
    expect(countSites([{ site: 'b' }, { site: '' }, { site: 'a' }, { site: 'b' }])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });
});
