// Numbers, times and spans in the person's language, by the browser's own tables.
import { type Language, language } from './language';

const locale: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };
const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>();

function kept<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(
  name: string,
  make: (locale: string) => T,
): T {
  const key = `${name} ${language()}`;
  let found = cache.get(key);
  if (found === undefined) {
    found = make(locale[language()]);
    cache.set(key, found);
  }
  return found as T;
}

export function number(value: number): string {
  return kept('number', l => new Intl.NumberFormat(l)).format(value);
}

export function percent(share: number): string {
  const make = (l: string) => new Intl.NumberFormat(l, { style: 'percent', maximumFractionDigits: 1 });
  return kept('percent', make).format(share);
}

export function bytes(count: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  let value = count;
  let step = 0;
  while (value >= 1000 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  const unit = units[step] ?? 'byte';
  const make = (l: string) =>
    new Intl.NumberFormat(l, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 });
  return kept(`bytes ${unit}`, make).format(value);
}

// "12 May 2026, 09:12:04"
export function dateTime(at: string | Date): string {
  const make = (l: string) => new Intl.DateTimeFormat(l, { dateStyle: 'medium', timeStyle: 'medium' });
  return kept('dateTime', make).format(new Date(at));
}

export function date(at: string | Date): string {
  return kept('date', l => new Intl.DateTimeFormat(l, { dateStyle: 'medium' })).format(new Date(at));
}

// "09:12:04": for lists of one day.
export function time(at: string | Date): string {
  return kept('time', l => new Intl.DateTimeFormat(l, { timeStyle: 'medium' })).format(new Date(at));
}

const spans: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

// "3 minutes ago", "in 2 days"
export function ago(at: string | Date, now: Date = new Date()): string {
  const seconds = (new Date(at).getTime() - now.getTime()) / 1000;
  const format = kept('ago', l => new Intl.RelativeTimeFormat(l, { numeric: 'auto' }));
  for (const [unit, size] of spans)
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  return format.format(Math.trunc(seconds), 'second');
}

// A countdown: "1:04:09", "4:09"
export function countdown(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = `${pad(minutes)}:${pad(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest.replace(/^0/, '');
}
