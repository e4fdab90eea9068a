import type { AuditEntry } from '../../api/types';

export const filterNames = ['kind', 'device', 'tenant', 'since', 'until'] as const;
export type AuditFilter = Partial<Record<(typeof filterNames)[number], string>>;

export function filterOf(values: Record<string, string>): AuditFilter {
  const filter: AuditFilter = {};
  for (const name of filterNames) if (values[name]) filter[name] = values[name];
  return filter;
}

// Days as the person chose them, in the person's own time; the day of `until` counts in full.
export function queryOf(filter: AuditFilter): Record<string, string> {
  const { since, until, ...rest } = filter;
  const query: Record<string, string> = { ...rest };
  const start = (day: string) => new Date(`${day}T00:00:00`);
  const text = (at: Date) => `${at.toISOString().slice(0, 19)}Z`;
  if (since && !Number.isNaN(start(since).getTime())) query.since = text(start(since));
  if (until && !Number.isNaN(start(until).getTime())) {
    const end = start(until);
    end.setDate(end.getDate() + 1);
    query.until = text(end);
  }
  return query;
}

// One JSON object a line, oldest first, as `provost audit list -o ndjson` writes them.
export function ndjsonOf(rows: readonly AuditEntry[]): string {
  return rows
    .toSorted((a, b) => a.seq - b.seq)
    .map(row => `${JSON.stringify(row)}\n`)
    .join('');
}
