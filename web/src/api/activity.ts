// Whether somebody is at the page. What it asks for by itself while nobody touches it must keep no session alive.
const signs = ['pointerdown', 'click', 'keydown', 'input', 'wheel', 'touchmove'] as const;
const recent = 30_000; // ms that a touch stands for

let last = Date.now(); // somebody has opened the page

export function watchActivity(page: EventTarget) {
  for (const sign of signs)
    page.addEventListener(sign, () => (last = Date.now()), { capture: true, passive: true });
}

export function somebodyIsHere(): boolean {
  return Date.now() - last < recent;
}

export function touchedSince(moment: number): boolean {
  return last > moment;
}
