import type { CountedName, DeviceState } from '../../api/types';
import type { Bar } from '../../parts/Bars';

export const toneOfState: Record<DeviceState, NonNullable<Bar['tone']>> = {
  registered: 'note',
  armed: 'warn',
  delivering: 'warn',
  grace: 'good',
  provisioned: 'good',
  expired: 'bad',
  retired: 'note',
};

export const toneOfStars = (stars: number): NonNullable<Bar['tone']> => (stars >= 5 ? 'good' : stars >= 3 ? 'warn' : 'bad');

// The most frequent by name; those beyond `most` as one bar that leads nowhere.
export function barsOf(named: readonly CountedName[], most: number, words: { unknown: string; rest: (n: number) => string }, hrefOf: (name: string) => string | undefined): Bar[] {
  const ranked = named.toSorted((a, b) => b.count - a.count);
  const shown = ranked.slice(0, ranked.length > most ? most - 1 : most);
  const rest = ranked.slice(shown.length);
  const bars = shown.map((one): Bar => {
    const href = one.name ? hrefOf(one.name) : undefined;
    return { key: one.name, label: one.name || words.unknown, count: one.count, ...(href ? { href } : {}) };
  });
  if (rest.length > 0) bars.push({ key: ' rest', label: words.rest(rest.length), count: rest.reduce((sum, one) => sum + one.count, 0), tone: 'note' });
  return bars;
}
