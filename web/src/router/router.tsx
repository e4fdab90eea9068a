// The address bar as state. A page is a path pattern and a lazy component; filters live in the query, so that every
// view can be sent as a link. (Eighty lines, where a router with loaders, nesting and generated types would be a
// fifth of the first page's scripts; the data is TanStack Query's business.)
import { type ComponentProps, type MouseEvent, type ReactNode, useCallback, useMemo, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function tell() {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

const here = () => window.location.pathname + window.location.search;

export function useAddress(): { path: string; search: string } {
  const address = useSyncExternalStore(subscribe, here);
  return useMemo(() => {
    const [path = '/', search = ''] = address.split('?', 2);
    return { path, search };
  }, [address]);
}

export function navigate(to: string, how: 'push' | 'replace' = 'push') {
  if (to === here()) return;
  if (how === 'push') window.history.pushState(null, '', to);
  else window.history.replaceState(null, '', to);
  tell();
}

export function decoded(piece: string): string | null {
  try {
    return decodeURIComponent(piece);
  } catch {
    return null; // a % with no digits behind it
  }
}

// '/devices/:mac' on '/devices/0015' gives {mac: '0015'}; null: does not fit.
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (wanted.length !== given.length) return null;
  const found: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const piece = given[i] ?? '';
    const value = part.startsWith(':') ? decoded(piece) : piece;
    if (value === null) return null;
    if (part.startsWith(':')) found[part.slice(1)] = value;
    else if (part !== piece) return null;
  }
  return found;
}

type Values = Record<string, string | null | undefined>;

// The query as a record; an empty value takes its name out of the address.
export function useQueryState(): [Record<string, string>, (change: Values, how?: 'push' | 'replace') => void] {
  const { path, search } = useAddress();
  const values = useMemo(() => Object.fromEntries(new URLSearchParams(search)), [search]);
  const set = useCallback(
    (change: Values, how: 'push' | 'replace' = 'replace') => {
      if (window.location.pathname !== path) return; // what was typed is told a moment later, and the page was left by then
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(change)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      const text = next.toString();
      navigate(text ? `${path}?${text}` : path, how);
    },
    [path],
  );
  return [values, set];
}

// A click that the browser should treat as its own: new tab, new window, download.
function isForBrowser(event: MouseEvent) {
  return event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
}

export function follow(event: MouseEvent, to: string) {
  if (isForBrowser(event)) return;
  event.preventDefault();
  navigate(to);
}

// An <a> that stays on the page. Mantine's parts take it as `component={Link}`.
export function Link({ href = '/', onClick, children, ...rest }: ComponentProps<'a'> & { children?: ReactNode }) {
  return (
    <a
      href={href}
      onClick={event => {
        onClick?.(event);
        follow(event, href);
      }}
      {...rest}
    >
      {children}
    </a>
  );
}
