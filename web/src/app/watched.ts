// Imports whose end is to be told wherever one is, once; they outlive a reload of the page, but not whoever began them.
import { useSyncExternalStore } from 'react';

const key = 'provost-imports';
const listeners = new Set<() => void>();
const none: readonly string[] = [];
const over = new Set<string>();
let ids: readonly string[] | null = null;

export function watched(): readonly string[] {
  if (ids === null) ids = sessionStorage.getItem(key)?.split(' ').filter(Boolean) ?? none;
  return ids;
}

function write(next: readonly string[]) {
  ids = next;
  if (next.length > 0) sessionStorage.setItem(key, next.join(' '));
  else sessionStorage.removeItem(key);
  for (const listener of listeners) listener();
}

// Not one that is over: a page may show it from memory as it was before.
export function watch(id: string) {
  if (!over.has(id) && !watched().includes(id)) write([...watched(), id]);
}

// Whether that is news.
export function unwatch(id: string): boolean {
  const news = !over.has(id);
  over.add(id);
  if (watched().includes(id)) write(watched().filter(one => one !== id));
  return news;
}

// Whoever signs in next need not be who began them.
export function forgetWatched() {
  over.clear();
  write(none);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function useWatched(): readonly string[] {
  return useSyncExternalStore(subscribe, watched);
}
