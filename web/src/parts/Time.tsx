// A moment: how long ago, exact on hover and for machines.
import { useEffect, useState } from 'react';
import { common } from '../i18n/common';
import { ago, dateTime } from '../i18n/format';
import { useTexts } from '../i18n/texts';

function useNow(everyMs: number): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

export function Ago({ at }: { at: string | null | undefined }) {
  const t = useTexts(common);
  const now = useNow(30_000);
  if (!at) return <>{t.never}</>;
  return (
    <time dateTime={at} title={dateTime(at)}>
      {ago(at, now)}
    </time>
  );
}

export function Moment({ at }: { at: string | null | undefined }) {
  const t = useTexts(common);
  if (!at) return <>{t.never}</>;
  return <time dateTime={at}>{dateTime(at)}</time>;
}

// Seconds left until then, ticking; 0 when it is over.
export function useSecondsLeft(until: string | null | undefined): number {
  const now = useNow(1000);
  if (!until) return 0;
  return Math.max(0, Math.round((new Date(until).getTime() - now.getTime()) / 1000));
}
