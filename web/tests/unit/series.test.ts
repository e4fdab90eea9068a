import { describe, expect, it } from 'vitest';
import { lastOf, secondsOf, stacked, topSeries, windowOf } from '../../src/parts/series';
import { barsOf } from '../../src/pages/report/bars';
import { heatOf, mapOf } from '../../src/pages/review/review';

describe('R_C7 figures over time', () => {
  it('reads times as the server writes them', () => {
    expect(secondsOf(['2026-11-26T00:00:00Z', 1])).toEqual([1_795_651_200, 1]);
  });

  it('keeps the most frequent reasons and gathers the rest', () => {
    const shaped = topSeries({ a: [1, 1], b: [5, 0], c: [0, 0], d: [0, 3], e: [1, 0] }, 3, 'others');
    expect(shaped.map(one => [one.label, one.values])).toEqual([
      ['b', [5, 0]],
      ['d', [0, 3]],
      ['others', [2, 1]],
    ]);
    expect(topSeries({ a: [1], b: [2] }, 2, 'others').map(one => one.key)).toEqual(['b', 'a']);
    expect(topSeries({}, 5, 'others')).toEqual([]);
  });

  it('stacks each on those before it, and takes a gap as nothing', () => {
    const values = [[1, 2], [null, 3], [4, 4]].map((one, i) => ({ key: String(i), label: '', values: one }));
    expect(stacked(values)).toEqual([
      [1, 2],
      [1, 5],
      [5, 9],
    ]);
  });

  it('knows the last value there is', () => {
    expect(lastOf([1, 7, null])).toBe(7);
    expect(lastOf([null])).toBeNull();
  });

  it('asks for whole hours and whole days, as many as the span has', () => {
    const now = new Date('2026-11-26T12:34:56Z');
    expect(windowOf('day', now)).toEqual({ from: '2026-11-25T13:00:00Z', to: '2026-11-26T13:00:00Z', step: 'hour' });
    expect(windowOf('month', now)).toEqual({ from: '2026-10-28T00:00:00Z', to: '2026-11-27T00:00:00Z', step: 'day' });
    expect(windowOf('day', new Date('2026-11-26T13:00:00Z')).to).toBe('2026-11-26T13:00:00Z');
  });

  it('shows the most frequent names as bars, the unknown without a way', () => {
    const named = [
      { name: 'a', count: 1 },
      { name: '', count: 9 },
      { name: 'b', count: 5 },
      { name: 'c', count: 2 },
    ];
    const bars = barsOf(named, 3, { unknown: '?', rest: n => `${n} more` }, name => `/x/${name}`);
    expect(bars.map(bar => [bar.label, bar.count, bar.href])).toEqual([
      ['?', 9, undefined],
      ['b', 5, '/x/b'],
      ['2 more', 3, undefined],
    ]);
  });
});

describe('R_C7 the map of sources', () => {
  it('gathers IPv4 networks by their first number, and IPv6 apart', () => {
    const from = (name: string, count: number) => ({ name, count, last: '' });
    const { cells, six, most } = mapOf([from('10.1.0.0/24', 3), from('10.2.0.0/24', 4), from('192.0.2.0/24', 1), from('2001:db8::/48', 2)]);
    expect([...cells.keys()]).toEqual([10, 192]);
    expect(cells.get(10)).toEqual({ block: 10, count: 7, networks: ['10.1.0.0/24', '10.2.0.0/24'] });
    expect(six.map(one => one.name)).toEqual(['2001:db8::/48']);
    expect(most).toBe(7);
  });

  it('heats by orders of magnitude, so that one scanner does not make all others pale', () => {
    expect([1, 10, 100, 1000, 10_000].map(count => heatOf(count, 10_000))).toEqual([1, 2, 3, 4, 5]);
    expect(heatOf(1, 1)).toBe(5);
  });
});
