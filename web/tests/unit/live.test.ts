import { describe, expect, it } from 'vitest';
import type { EventRow } from '../../src/api/types';
import { type Change, changed, emptyFeed, filterOf, fits, most } from '../../src/pages/events/live';

const event = (id: number, more: Partial<EventRow> = {}): EventRow => ({ id, at: '', kind: 'visit', ...more });
const after = (...changes: Change[]) => changes.reduce(changed, emptyFeed);
const ids = (rows: readonly EventRow[]) => rows.map(row => row.id);

describe('R_C7 events live', () => {
  it('shows the newest first, each once', () => {
    const feed = after({ do: 'begin', rows: [event(1), event(2)] }, { do: 'add', rows: [event(2), event(3)] }, { do: 'add', rows: [event(3)] });
    expect(ids(feed.rows)).toEqual([3, 2, 1]);
    expect(feed.newest).toBe(3);
  });

  it('holds what comes while it is paused, and shows it afterwards', () => {
    const paused = after({ do: 'begin', rows: [event(1)] }, { do: 'pause' }, { do: 'add', rows: [event(2)] }, { do: 'add', rows: [event(2), event(1), event(3)] });
    expect(ids(paused.rows)).toEqual([1]);
    expect(ids(paused.held)).toEqual([3, 2]);
    const resumed = changed(paused, { do: 'resume' });
    expect(ids(resumed.rows)).toEqual([3, 2, 1]);
    expect(resumed.held).toEqual([]);
  });

  it('keeps so many and no more', () => {
    const many = Array.from({ length: most + 50 }, (_, i) => event(i + 1));
    const feed = after({ do: 'begin', rows: many });
    expect(feed.rows.length).toBe(most);
    expect(feed.rows[0]?.id).toBe(most + 50);
  });

  it('begins anew with another filter, and says how it hears', () => {
    const feed = after({ do: 'begin', rows: [event(9)] }, { do: 'line', line: 'polling' }, { do: 'begin', rows: [event(4)] });
    expect([ids(feed.rows), feed.line, feed.newest]).toEqual([[4], 'polling', 4]);
  });

  it('filters what the stream does not', () => {
    const filter = filterOf({ q: ' 192.0.2.', refused: 'true' });
    expect(fits(event(1, { source: '192.0.2.7', refused: true }), filter)).toBe(true);
    expect(fits(event(1, { source: '192.0.2.7' }), filter)).toBe(false);
    expect(fits(event(1, { source: '198.51.100.7', refused: true }), filter)).toBe(false);
    expect(fits(event(1, { rule: 'a' }), filterOf({ rule: 'b' }))).toBe(false);
    expect(fits(event(1, { user_agent: 'Yealink T54W' }), filterOf({ q: 'yealink' }))).toBe(true);
  });
});
