import { useCallback, useEffect, useReducer } from 'react';
import { isFinal } from '../../api/again';
import { type Page, address, api } from '../../api/client';
import type { EventRow } from '../../api/types';
import { type Change, type EventFilter, changed, emptyFeed } from './live';

// Who wants to hear, until it is over.
interface Ear {
  tell: (change: Change) => void;
  fail: (problem: unknown) => void;
  signal: AbortSignal;
}

// What the server filters.
function queryOf(filter: EventFilter) {
  return { device: filter.device, kind: filter.kind, rule: filter.rule, refused: filter.refused ? 'true' : '' };
}

const wait = (ms: number, signal: AbortSignal) =>
  new Promise<void>(done => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      done();
    });
  });

// One question after the other, a few seconds apart.
async function poll(filter: EventFilter, after: number, { tell, fail, signal }: Ear) {
  let known = after;
  tell({ do: 'line', line: 'polling' });
  while (!signal.aborted) {
    try {
      const page = await api.get<Page<EventRow>>('/v1/events', { ...queryOf(filter), after: known, limit: 500 }, signal);
      tell({ do: 'line', line: 'polling' });
      tell({ do: 'add', rows: page.items });
      known = Math.max(known, ...page.items.map(row => row.id));
      await wait(3000, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (isFinal(error)) return fail(error);
      tell({ do: 'line', line: 'away' });
      await wait(5000, signal);
    }
  }
}

// A browser joins a broken stream again by itself, and says what it was told last; only where a stream is refused
// (something between takes none) it gives up, and we ask instead.
function listen(filter: EventFilter, after: number, ear: Ear) {
  const { tell, signal } = ear;
  const { device, kind, refused } = queryOf(filter);
  const source = new EventSource(address('/v1/events/stream', { after, device, kind, refused }));
  let known = after;
  signal.addEventListener('abort', () => source.close());
  source.addEventListener('open', () => tell({ do: 'line', line: 'live' }));
  source.addEventListener('message', event => {
    const row = JSON.parse(String(event.data)) as EventRow;
    known = Math.max(known, row.id);
    tell({ do: 'add', rows: [row] });
  });
  source.addEventListener('error', () => {
    if (signal.aborted) return;
    if (source.readyState !== EventSource.CLOSED) tell({ do: 'line', line: 'away' });
    else void poll(filter, known, ear);
  });
}

export function useFeed(filter: EventFilter) {
  const [feed, tell] = useReducer(changed, emptyFeed);
  const [error, setError] = useReducer((_: unknown, next: unknown) => next, null);
  const { device, kind, rule, refused } = filter;
  const [attempt, retry] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const stop = new AbortController();
    const asked: EventFilter = { device, kind, rule, refused, q: '' };
    setError(null);
    tell({ do: 'line', line: 'connecting' });
    const begin = async () => {
      const page = await api.get<Page<EventRow>>('/v1/events', { ...queryOf(asked), last: 'true', limit: 300 }, stop.signal);
      tell({ do: 'begin', rows: page.items });
      const newest = page.items.at(-1)?.id ?? Number(page.next ?? 0);
      if (!stop.signal.aborted) listen(asked, newest, { tell, fail: setError, signal: stop.signal });
    };
    begin().catch((problem: unknown) => {
      if (!stop.signal.aborted) setError(problem);
    });
    return () => stop.abort();
  }, [device, kind, rule, refused, attempt]);
  const toggle = useCallback(() => tell({ do: feed.paused ? 'resume' : 'pause' }), [feed.paused]);
  return { feed, error, toggle, retry };
}
