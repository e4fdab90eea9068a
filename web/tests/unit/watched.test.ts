import { beforeEach, expect, it } from 'vitest';
import { forgetWatched, unwatch, watch, watched } from '../../src/app/watched';

const kept = new Map<string, string>();
const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) };
Object.defineProperty(globalThis, 'sessionStorage', { value: storage, configurable: true });
beforeEach(forgetWatched);

it('R_F1 tells of an end once, also where a page remembers the import as it was before', () => {
  watch('i1');
  expect(unwatch('i1')).toBe(true);
  watch('i1');
  expect([watched(), unwatch('i1')]).toEqual([[], false]);
});

it('R_F1 keeps the others, also over a reload of the page', () => {
  watch('i1');
  watch('i2');
  unwatch('i1');
  expect([watched(), [...kept.values()]]).toEqual([['i2'], ['i2']]);
});

it('R_F2 leaves nothing to whoever signs in next', () => {
  watch('i1');
  unwatch('i1');
  watch('i2');
  forgetWatched();
  expect([watched(), kept.size]).toEqual([[], 0]);
  watch('i1');
  expect(watched()).toEqual(['i1']);
});
