import { useEffect, useState } from 'react';

// Seconds left of those that the server told, by this machine's own clock, which may be set otherwise. `onEnd` when they
// have passed.
export function useTimeLeft(told: number | null, onEnd: () => void): number {
  const [end, setEnd] = useState(() => performance.now() + (told ?? 0) * 1000);
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const at = performance.now();
    setEnd(at + (told ?? 0) * 1000);
    setNow(at);
  }, [told]);
  const left = Math.max(0, (end - now) / 1000);
  const over = told !== null && left === 0;
  useEffect(() => {
    if (told === null || over) return undefined;
    const tick = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(tick);
  }, [told, over]);
  useEffect(() => {
    if (over) onEnd();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it is over
  }, [over]);
  return left;
}
