import { describe, expect, it } from 'vitest';
import { address } from '../../src/api/client';
import { Problem } from '../../src/api/problem';
import { fromBase64url, toBase64url } from '../../src/api/webauthn';
import { foundFor } from '../../src/app/Search';
import { ago, bytes, countdown } from '../../src/i18n/format';
import { browserName } from '../../src/parts/browserName';
import { runBulk } from '../../src/pages/devices/bulk';
import { closing } from '../../src/parts/dialog';
import { macPairs } from '../../src/parts/mac';
import { match } from '../../src/router/router';

describe('small things', () => {
  it('fits paths to patterns', () => {
    expect(match('/devices/:mac', '/devices/0015')).toEqual({ mac: '0015' });
    expect(match('/devices/:mac', '/devices')).toBeNull();
    expect(match('/', '/')).toEqual({});
    expect(match('/a', '/b')).toBeNull();
    expect(match('/devices/:mac', '/devices/%zz'), 'no address that breaks the page').toBeNull();
  });

  it('leaves empty values out of an address', () => {
    expect(address('/v1/devices', { q: '', tenant: 'a b', state: null, limit: 5 })).toBe('/v1/devices?tenant=a+b&limit=5');
  });

  it('reads a problem, and knows one that asks for a fresh proof', () => {
    const problem = new Problem(403, { code: 'P-8402', what: 'a', why: 'b', fix: 'c', step_up_required: true });
    expect([problem.message, problem.why, problem.fix, problem.needsStepUp]).toEqual(['a', 'b', 'c', true]);
    expect(new Problem(403, { code: 'P-8401' }).needsStepUp).toBe(false);
  });

  it('writes bytes as base64url and back', () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(toBase64url(all)).not.toMatch(/[+/=]/);
    expect(fromBase64url(toBase64url(all))).toEqual(all);
  });

  it('says spans in words', () => {
    const now = new Date('2026-11-26T12:00:00Z');
    expect(ago('2026-11-26T11:57:00Z', now)).toBe('3 minutes ago');
    expect(ago('2026-11-28T13:00:00Z', now)).toBe('in 2 days');
    expect(countdown(3849)).toBe('1:04:09');
    expect(countdown(59)).toBe('0:59');
    expect(bytes(1_500_000)).toBe('1.5 MB');
  });

  it('pairs the digits of a MAC', () => {
    expect(macPairs('0015651a2b3c')).toBe('00:15:65:1A:2B:3C');
  });

  it('R_F3 offers nothing that was found for other letters', () => {
    expect(foundFor('8a3c', '8a3c', 'phone')).toBe('phone');
    expect(foundFor('8a3d', '8a3c', 'phone')).toBeUndefined();
    expect(foundFor('8', '8', 'phone')).toBeUndefined();
  });

  it('R_F3 runs one action on many, keeps what was refused, and stops when told', async () => {
    const stop = new AbortController();
    const seen: string[] = [];
    const one = async (mac: string) => {
      seen.push(mac);
      if (mac === 'b') throw new Problem(409, { what: 'busy' });
      if (mac === 'd') stop.abort();
    };
    const end = await runBulk(['a', 'b', 'c', 'd', 'e', 'f'], one, () => undefined, stop.signal, 1);
    expect(seen).toEqual(['a', 'b', 'c', 'd']);
    expect([end.done, end.failed.map(failure => failure.mac), end.total]).toEqual([3, ['b'], 6]);
  });

  it('closes no dialog while it works', () => {
    const closed: boolean[] = [];
    const dialog = (busy: boolean) => closing(busy, 'Close', () => closed.push(busy));
    dialog(true).onClose();
    dialog(false).onClose();
    expect(closed).toEqual([false]);
    const { onClose: _, ...held } = dialog(true);
    expect(held).toEqual({ closeOnEscape: false, closeOnClickOutside: false, closeButtonProps: { 'aria-label': 'Close', disabled: true } });
  });

  it('names a browser', () => {
    expect(browserName('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe('Firefox, Linux');
    expect(browserName('curl/8.1')).toBe('curl/8.1');
  });
});
