// Says so when long work has ended, also to one who looked elsewhere on the page.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';

export interface Seen {
  id: string | undefined;
  state: string | undefined; // undefined: not known yet
}

const ends = ['done', 'cancelled', 'failed', 'interrupted'];

// What it ended in. Short work may be done before anybody saw it run; what had ended when the page came is no news.
export function endingOf(before: Seen, now: Seen): string | null {
  if (now.state === undefined || !ends.includes(now.state)) return null;
  const seen = before.id === now.id && before.state !== undefined;
  return seen && before.state !== now.state ? now.state : null;
}

export function useEnding(id: string | undefined, state: string | undefined, onEnd: (how: string) => void) {
  const client = useQueryClient();
  const before = useRef<Seen>({ id: undefined, state: undefined });
  const tell = useEffectEvent(onEnd);
  useEffect(() => {
    const now = { id, state };
    const how = endingOf(before.current, now);
    before.current = now;
    if (how === null) return;
    tell(how);
    void client.invalidateQueries({ queryKey: ['devices'] });
  }, [id, state, client]);
}
