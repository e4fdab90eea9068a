import { describe, expect, it } from 'vitest';
import type { AuditEntry, Job, Resync, Review, ReviewFinding, VendorCard } from '../../src/api/types';
import { ndjsonOf, queryOf } from '../../src/pages/audit/audit';
import { byUrgency } from '../../src/pages/overview/attention';
import { ratingCounts } from '../../src/pages/overview/ratings';
import { manageable, waysOf } from '../../src/pages/people/people';
import { together } from '../../src/pages/resyncs/work';
import { findingsOf } from '../../src/pages/review/review';
import { guardCounts } from '../../src/pages/server/server';
import { fingerprintOf, inPairs, pemOf } from '../../src/pages/trust/trust';
import { cannotDo, shareOf } from '../../src/pages/vendors/vendors';

describe('R_C7 review', () => {
  const finding = (topic: string) => ({ topic }) as ReviewFinding;
  const place = (name: string, topics: string[]) => ({ name, topics, count: 1, last: '' });
  const review = { findings: [finding('a'), finding('b'), finding('c')], by_network: [place('net', ['a', 'b'])], by_vendor: [place('v', ['b', 'c'])], by_tenant: [] } as unknown as Review;

  it('keeps what all that was chosen have a part in', () => {
    expect(findingsOf(review, {}).length).toBe(3);
    expect(findingsOf(review, { network: 'net' }).map(one => one.topic)).toEqual(['a', 'b']);
    expect(findingsOf(review, { network: 'net', vendor: 'v' }).map(one => one.topic)).toEqual(['b']);
    expect(findingsOf(review, { tenant: 'nobody' })).toEqual([]);
  });

  it('shows the urgent first, otherwise as it came', () => {
    const one = (kind: string, urgency: 'act' | 'look') => ({ kind, urgency, title: '', next_step: '', count: 1, link: '' });
    expect(byUrgency([one('a', 'look'), one('b', 'act'), one('c', 'look'), one('d', 'act')]).map(it => it.kind)).toEqual(['b', 'd', 'a', 'c']);
  });

  it('names what the guard did, the most first, without zeros', () => {
    expect(guardCounts({ accepted: 9, 'guard.bans': 1, 'guard.found.clone': 3, 'guard.banned': 0 })).toEqual([
      ['found.clone', 3],
      ['bans', 1],
    ]);
  });

  it('asks the trail for whole days in the person’s own time', () => {
    const query = queryOf({ kind: 'x', since: '2026-11-01', until: '2026-11-01' });
    expect(new Date(query.until ?? '').getTime() - new Date(query.since ?? '').getTime()).toBe(86_400_000);
    expect(query.kind).toBe('x');
    expect(queryOf({ since: 'rubbish' })).toEqual({});
  });

  it('saves entries oldest first, one a line', () => {
    expect(ndjsonOf([{ seq: 2 }, { seq: 1 }] as AuditEntry[])).toBe('{"seq":1}\n{"seq":2}\n');
  });
});

describe('R_A4 trust', () => {
  it('reads a fingerprint in any spelling, and no other thing', () => {
    const hex = 'ab'.repeat(32);
    expect(fingerprintOf(inPairs(hex))).toBe(hex);
    expect(fingerprintOf(` ${hex.toUpperCase()} `)).toBe(hex);
    expect(fingerprintOf('abcd')).toBeNull();
    expect(fingerprintOf('xy'.repeat(32))).toBeNull();
  });

  it('sends PEM as it is and wraps DER', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';
    expect(pemOf(new TextEncoder().encode(pem), 'CERTIFICATE')).toBe(pem);
    const made = pemOf(Uint8Array.from({ length: 100 }, (_, i) => 255 - i), 'X509 CRL').split('\n');
    expect([made[0], made.at(-2), made[1]?.length]).toEqual(['-----BEGIN X509 CRL-----', '-----END X509 CRL-----', 64]);
    expect(atob(made.slice(1, -2).join('')).charCodeAt(0)).toBe(255);
  });
});

describe('R_A9 what a vendor can’t do', () => {
  it('names requirements, protections and settings, each once', () => {
    const card = {
      scorecard: { requirements: [{ requirement: 'r1', answer: 'no', note: 'n' }, { requirement: 'r2', answer: 'yes' }] },
      hardening: { list: [{ says: 'h1', setting: 's1', coverage: 'cannot', why: '' }, { says: 'h2', setting: 's2', coverage: 'enforced', why: '' }] },
      unsupported: { s1: 'no switch', s3: 'no way' },
    } as unknown as VendorCard;
    expect(cannotDo(card)).toEqual([
      { what: 'r1', why: 'n', kind: 'paper' },
      { what: 'h1', why: 'no switch', kind: 'hardening' },
      { what: 's3', why: 'no way', kind: 'setting' },
    ]);
  });

  it('reads shares, and counts stars proved and expected', () => {
    const none = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
    expect([shareOf('21/28'), shareOf('0/0')]).toEqual([0.75, 0]);
    expect(ratingCounts({ proved: { ...none, 5: 2 }, expected: { ...none, 5: 1, 1: 4 } })[0]).toEqual({ stars: 5, count: 3 });
  });
});

describe('R_F2 people', () => {
  it('lets nobody make somebody above them', () => {
    expect(manageable('platform')).toContain('platform');
    expect(manageable('reseller')).not.toContain('platform');
    expect(manageable('tenant-admin')).toEqual(['tenant-admin', 'support', 'auditor']);
    expect([manageable('support'), manageable('auditor')]).toEqual([[], []]);
  });

  it('says how somebody signs in, the strongest first', () => {
    const none = { passkeys: 0, password: false, totp: false, recovery_left: 0 };
    expect(waysOf({ ...none, passkeys: 1, password: true, totp: true })).toEqual(['passkey', 'password_totp']);
    expect(waysOf({ ...none, password: true })).toEqual(['password']);
    expect(waysOf(none)).toEqual(['none']);
  });
});

describe('R_G5 long work', () => {
  const resync: Resync = { id: 4, state: 'running', tenant: 'acme', scope: '', phones: 10, told: 3, took_it: 2, did_not: 1, reboot: false, spacing_ms: 0, jitter_ms: 0, window: '', made: '', actor: 'a' };
  it('makes one list of imports, undos and resyncs', () => {
    const job = (id: string, kind: Job['kind'], can_cancel: boolean): Job => ({ id, kind, state: 'done', title: 't', done: 1, total: 2, rate: 0, left_seconds: null, actor: '', made: '', link: `/imports/${id}`, ended: null, message: 'm', can_cancel });
    const work = together([job('r4', 'resync', true), job('x', 'import', false), job('u', 'undo', false)], [resync]);
    expect(work.map(one => [one.kind, one.resync?.took_it, one.cancel])).toEqual([
      ['resync', 2, '/v1/jobs/r4'],
      ['import', undefined, null],
      ['undo', undefined, null],
    ]);
    expect(work[2]?.href, 'a list has a page of its own').toBe('/imports/u');
  });
});
