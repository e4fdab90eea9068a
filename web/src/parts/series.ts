// Shaping of what charts draw: pure, so that tests see it.
export interface Series {
  key: string;
  label: string;
  values: (number | null)[]; // one for each time
  href?: string;
  color?: string; // a CSS variable's name; otherwise by its place
}

// Times as the server writes them (RFC 3339, or seconds since 1970) in seconds, ascending.
export function secondsOf(times: readonly (string | number)[]): number[] {
  return times.map(at => (typeof at === 'number' ? at : new Date(at).getTime() / 1000));
}

const sum = (values: readonly (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);

// The most frequent by name, at most `most` of them; what is left over becomes one named `other`.
export function topSeries(record: Record<string, (number | null)[]>, most: number, other: string): Series[] {
  const ranked = Object.entries(record)
    .filter(([, values]) => sum(values) > 0)
    .toSorted((a, b) => sum(b[1]) - sum(a[1]) || a[0].localeCompare(b[0]));
  const kept = ranked.slice(0, ranked.length > most ? most - 1 : most).map(([key, values]) => ({ key, label: key, values }));
  const rest = ranked.slice(kept.length);
  if (rest.length === 0) return kept;
  const length = Math.max(...rest.map(([, values]) => values.length));
  const values = Array.from({ length }, (_, i) => rest.reduce((total, [, one]) => total + (one[i] ?? 0), 0));
  return [...kept, { key: '', label: other, values }];
}

// Each series on top of those before it: what is drawn when they are stacked.
export function stacked(series: readonly Series[]): number[][] {
  const heights: number[][] = [];
  for (const [i, one] of series.entries()) {
    const below = heights[i - 1];
    heights.push(one.values.map((value, at) => (value ?? 0) + (below?.[at] ?? 0)));
  }
  return heights;
}

// What the last value is: the legend's figure while no one points at the chart.
export function lastOf(values: readonly (number | null)[]): number | null {
  return values.findLast(value => value !== null) ?? null;
}

// Which span of time and which steps to ask for; the server counts by the hour and by the day.
export const spans = {
  day: { seconds: 86_400, step: 'hour' },
  week: { seconds: 7 * 86_400, step: 'hour' },
  month: { seconds: 30 * 86_400, step: 'day' },
  quarter: { seconds: 91 * 86_400, step: 'day' },
} as const;
export type Span = keyof typeof spans;

// From and to fall on whole steps, so that the same question has the same answer, and bars do not jump.
export function windowOf(span: Span, now: Date): { from: string; to: string; step: 'hour' | 'day' } {
  const { seconds, step } = spans[span];
  const size = step === 'hour' ? 3600 : 86_400;
  const to = Math.ceil(now.getTime() / 1000 / size) * size;
  const text = (at: number) => `${new Date(at * 1000).toISOString().slice(0, 19)}Z`;
  return { from: text(to - seconds), to: text(to), step };
}
