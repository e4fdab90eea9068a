// How dialogs are closed: what all of them have in common.

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
