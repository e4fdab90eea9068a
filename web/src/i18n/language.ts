// Which language the desk speaks: what the person chose, else what the browser asks for.
import { useSyncExternalStore } from 'react';

export type Language = 'en' | 'de';
export const languages: Record<Language, string> = { en: 'English', de: 'Deutsch' };

const key = 'provost-language';
const listeners = new Set<() => void>();

function atFirst(): Language {
  const kept = typeof localStorage === 'undefined' ? null : localStorage.getItem(key);
  if (kept === 'en' || kept === 'de') return kept;
  return typeof navigator !== 'undefined' && navigator.language.startsWith('de') ? 'de' : 'en';
}

let current = atFirst();

export function language(): Language {
  return current;
}

export function setLanguage(next: Language) {
  current = next;
  localStorage.setItem(key, next);
  document.documentElement.lang = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, language, language);
}
