// Texts in two languages. Each page keeps its own in a file beside it:
//
//   export const texts = defineTexts({ en: { title: 'Bans', count: (n: number) => `${n} bans` },
//                                      de: { title: 'Sperren', count: n => `${n} Sperren` } });
//   const t = useTexts(texts);   t.title   t.count(3)
//
// The English texts say which keys there are and what they take; a German key that is missing or too many does not
// pass the type check.
import { type Language, language, useLanguage } from './language';

type Message = string | ((...values: never[]) => string);
type Same<T> = { [K in keyof T]: T[K] extends (...values: infer V) => string ? (...values: V) => string : string };

export interface Texts<T> {
  en: T;
  de: Same<T>;
}

export function defineTexts<T extends Record<string, Message>>(both: Texts<T>): Texts<T> {
  return both;
}

export function textsIn<T>(both: Texts<T>, which: Language): Same<T> {
  return both[which] as Same<T>;
}

export function useTexts<T>(both: Texts<T>): Same<T> {
  return textsIn(both, useLanguage());
}

// Outside of components, for messages that are made when something happens.
export function textsNow<T>(both: Texts<T>): Same<T> {
  return textsIn(both, language());
}

// English and German count alike: one, and all others.
export function plural(count: number, one: string, other: string): string {
  return count === 1 ? one : other;
}
