import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { somebodyIsHere, touchedSince, watchActivity } from '../../src/api/activity';

const page = new EventTarget();
watchActivity(page);
beforeAll(() => void vi.useFakeTimers()); // one clock for all: it never goes back
afterAll(() => void vi.useRealTimers());

// So long that what came before counts no more.
function leave(): number {
  vi.setSystemTime(Date.now() + 3_600_000);
  expect(somebodyIsHere()).toBe(false);
  return Date.now() - 1;
}

// A click alone is what voice control and screen readers make of a button: no pointer goes down and no key.
it.each(['click', 'input', 'keydown', 'pointerdown', 'wheel', 'touchmove'])('R_F2 whoever makes a %s is here', sign => {
  const before = leave();
  page.dispatchEvent(new Event(sign));
  expect([somebodyIsHere(), touchedSince(before)]).toEqual([true, true]);
});

it('R_F2 counts no longer than half a minute, and what a page does by itself not at all', () => {
  page.dispatchEvent(new Event('click'));
  vi.setSystemTime(Date.now() + 29_000);
  expect(somebodyIsHere()).toBe(true);
  const before = leave();
  for (const own of ['scroll', 'focus', 'visibilitychange', 'mousemove', 'message']) page.dispatchEvent(new Event(own));
  expect([somebodyIsHere(), touchedSince(before)]).toEqual([false, false]);
});
