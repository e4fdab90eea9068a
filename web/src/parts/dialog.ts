// How dialogs are closed: what all of them have in common.
import { useLayoutEffect } from 'react';

interface Closing {
  onClose: () => void;
  closeOnEscape: boolean;
  closeOnClickOutside: boolean;
  closeButtonProps: { 'aria-label': string; disabled: boolean };
}

// Not while it works: what comes may be told this once, and Escape may be meant for the dialog above it, which asks for
// a fresh proof.
export function closing(busy: boolean, label: string, onClose: () => void): Closing {
  return {
    onClose: busy ? () => undefined : onClose,
    closeOnEscape: !busy,
    closeOnClickOutside: !busy,
    closeButtonProps: { 'aria-label': label, disabled: busy },
  };
}

// An entry of a menu is gone by then; the button that opened the menu is not.
function openerOf(element: Element | null): Element | null {
  const menu = element?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  return menu ? document.getElementById(menu) : element;
}

// Who gets the focus back from a dialog that closes just now. Where another one comes in its place, that one owes it.
let owed: Element | null = null;

function giveBack(to: Element | null) {
  if (owed !== to) return;
  owed = null;
  const lost = document.activeElement === null || document.activeElement === document.body;
  if (lost && to instanceof HTMLElement) to.focus({ preventScroll: true });
}

// Gives the focus back to where it was when the dialog opened. Mantine does that only for a dialog that stays mounted
// while it is closed.
export function useFocusBack(opened = true) {
  useLayoutEffect(() => {
    if (!opened) return undefined;
    const from = owed ?? openerOf(document.activeElement); // before the dialog takes it
    owed = null;
    return () => {
      owed = from;
      setTimeout(() => giveBack(from)); // the dialog is gone by then, and with it the focus
    };
  }, [opened]);
}
