// The guard's counters that counted anything, the most first: 'guard.found.clone' becomes 'found.clone'.
export function guardCounts(counters: Record<string, number>): [string, number][] {
  return Object.entries(counters)
    .filter(([name, count]) => name.startsWith('guard.') && count > 0)
    .map(([name, count]): [string, number] => [name.slice('guard.'.length), count])
    .toSorted((a, b) => b[1] - a[1]);
}
