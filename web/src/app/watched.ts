// Imports whose end is to be told wherever one is; they outlive a reload of the page.
import { useSyncExternalStore } from 'react';

const key = 'provost-imports';
const listeners = new Set<() => void>();
const none: readonly string[] = [];
let ids: readonly string[] | null = null;

function read(): readonly string[] {
  if (ids === null) ids = sessionStorage.getItem(key)?.split(' ').filter(Boolean) ?? none;
  return ids;
}

function write(next: readonly string[]) {
  ids = next;
  if (next.length > 0) sessionStorage.setItem(key, next.join(' '));
  else sessionStorage.removeItem(key);
  for (const listener of listeners) listener();
}

export function watch(id: string) {
  if (!read().includes(id)) write([...read(), id]);
}

export function unwatch(id: string) {
  if (read().includes(id)) write(read().filter(one => one !== id));
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function useWatched(): readonly string[] {
  return useSyncExternalStore(subscribe, read);
}
