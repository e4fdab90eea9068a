// What the server says in English, the desk says in German by name: no name may be missing.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReviewTopic } from '../../src/api/types';
import { setLanguage } from '../../src/i18n/language';
import { texts as deviceTexts } from '../../src/pages/device/texts';
import { isLintState, lintTexts } from '../../src/pages/device/lint';
import { undoTexts } from '../../src/pages/import/undo-texts';
import { wordsOf } from '../../src/pages/overview/attention';
import { driftTexts } from '../../src/pages/registrars/drift';
import { topicWords } from '../../src/pages/review/topics';

const source = (path: string) => readFileSync(new URL(`../../../src/service/${path}`, import.meta.url), 'utf8');
const names = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(found => found[1] ?? '');

describe('R_C7 German for what the server names', () => {
  beforeAll(() => {
    Object.defineProperty(globalThis, 'localStorage', { value: { setItem: () => undefined, getItem: () => null }, configurable: true });
    Object.defineProperty(globalThis, 'document', { value: { documentElement: { lang: '' } }, configurable: true });
    setLanguage('de');
  });
  afterAll(() => setLanguage('en'));

  it('has words for every topic of a review', () => {
    const topics = names(source('review_topic.cc'), /^ {4}\{[a-z_]+, "([a-z-]+)",/gm) as ReviewTopic[];
    expect(topics.length).toBeGreaterThan(20);
    for (const topic of topics) expect(topicWords({ topic, says: 'ENGLISH', next_step: '' }).says, topic).not.toBe('ENGLISH');
  });

  it('has words for all that needs a person', () => {
    const kinds = names(source('attention.cc'), /push_back\(\s*\{"([a-z-]+)"/g);
    expect(kinds.length).toBeGreaterThan(7);
    for (const kind of kinds) expect(wordsOf({ kind, urgency: 'look', title: 'ENGLISH', next_step: '', count: 1, link: '/x' }).title, kind).not.toBe('ENGLISH');
  });

  it('has words for every state of a hardening rule', () => {
    const states = names(source('device_lint.cc'), /\{"([a-z ]+)", /g);
    expect(states.length).toBeGreaterThan(4);
    for (const state of states) expect([isLintState(state), Object.keys(lintTexts.de).includes(state)], state).toEqual([true, true]);
  });

  it('has words for every way in which a registrar differs, and the next step', () => {
    const kinds = names(/names = \{(.*?)\}/s.exec(source('drift.cc'))?.[1] ?? '', /"([a-z-]+)"/g);
    expect(kinds.length).toBeGreaterThan(3);
    for (const kind of kinds)
      for (const key of [`is_${kind}`, `next_${kind}`]) expect([driftTexts.en, driftTexts.de].every(texts => key in texts), key).toBe(true);
  });

  it('has words for every kind of delivery', () => {
    const kinds = names(source('../domain/rule.cc'), /_delivery, "([a-z]+)-delivery"/g);
    expect(kinds.length).toBe(4);
    for (const kind of kinds) expect([deviceTexts.en, deviceTexts.de].every(texts => `delivery_${kind}` in texts), kind).toBe(true);
  });

  it('has words for every reason of an undo', () => {
    const reasons = names(source('../domain/import_undo.cc'), /^ {4}\{"([a-z-]+)", "/gm);
    expect(reasons.length).toBeGreaterThan(7);
    for (const reason of reasons) expect(undoTexts.de, reason).toHaveProperty(`reason_${reason}`);
  });
});
