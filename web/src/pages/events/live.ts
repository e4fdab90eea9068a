// The feed of events: what was, then what comes, by server-sent events; where these do not get through, by asking
// again and again. The state is a value and its changes are pure, so that tests see them.
import type { EventRow } from '../../api/types';

export type Line = 'connecting' | 'live' | 'polling' | 'away';

export interface Feed {
  line: Line;
  paused: boolean;
  rows: EventRow[]; // newest first
  held: EventRow[]; // came while paused, newest first
  newest: number; // id up to which all is known
}

export const emptyFeed: Feed = { line: 'connecting', paused: false, rows: [], held: [], newest: 0 };

// What a page keeps; the list in full is `provost event list`, and older pages are asked for by filters.
export const most = 2000;

export type Change =
  | { do: 'begin'; rows: readonly EventRow[] } // in the server's order, oldest first
  | { do: 'add'; rows: readonly EventRow[] }
  | { do: 'line'; line: Line }
  | { do: 'pause' }
  | { do: 'resume' };

// Newest first, each once: a stream that breaks may tell the same again.
function onTop(rows: readonly EventRow[], before: readonly EventRow[]): EventRow[] {
  const known = new Set(before.slice(0, 600).map(row => row.id));
  const fresh = rows.filter(row => !known.has(row.id));
  if (fresh.length === 0) return before as EventRow[];
  return [...fresh.toSorted((a, b) => b.id - a.id), ...before].slice(0, most);
}

const newestOf = (rows: readonly EventRow[], before: number) => rows.reduce((newest, row) => Math.max(newest, row.id), before);

export function changed(feed: Feed, change: Change): Feed {
  switch (change.do) {
    case 'begin':
      return { ...feed, rows: onTop(change.rows, []), held: [], newest: newestOf(change.rows, 0) };
    case 'add': {
      const newest = newestOf(change.rows, feed.newest);
      const unknown = change.rows.filter(row => !feed.rows.some(one => one.id === row.id));
      if (feed.paused) return { ...feed, held: onTop(unknown, feed.held), newest };
      return { ...feed, rows: onTop(change.rows, feed.rows), newest };
    }
    case 'line':
      return { ...feed, line: change.line };
    case 'pause':
      return { ...feed, paused: true };
    case 'resume':
      return { ...feed, paused: false, rows: [...feed.held, ...feed.rows].slice(0, most), held: [] };
  }
}

export interface EventFilter {
  device: string;
  kind: string;
  rule: string;
  refused: boolean;
  q: string;
}

export function filterOf(values: Record<string, string>): EventFilter {
  return { device: values.device ?? '', kind: values.kind ?? '', rule: values.rule ?? '', refused: values.refused === 'true', q: values.q ?? '' };
}

// What the stream does not filter itself.
export function fits(row: EventRow, filter: EventFilter): boolean {
  if (filter.rule && row.rule !== filter.rule) return false;
  if (filter.refused && !row.refused) return false;
  const wanted = filter.q.trim().toLowerCase();
  if (wanted === '') return true;
  const seen = [row.device, row.source, row.tenant, row.vendor, row.path, row.user_agent, row.rule, row.kind, row.actor, row.detail];
  return seen.some(text => text?.toLowerCase().includes(wanted));
}
