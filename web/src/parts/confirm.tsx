// "Do you really want": a dialog that says what will happen, then does it, and stays open with what went wrong.
import { Button, Group, Modal, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { closing, useFocusBack } from './dialog';
import { ProblemNote } from './Problem';

interface Props {
  opened: boolean;
  title: string;
  confirm: string; // the verb: "Arm 12 devices"
  danger?: boolean;
  disabled?: boolean;
  size?: 'lg'; // where there is much to read
  onClose: () => void;
  onConfirm: () => Promise<unknown>; // closes when it resolves
  children?: ReactNode;
}

export function Confirm({ opened, title, confirm, danger = false, disabled = false, size, onClose, onConfirm, children }: Props) {
  const t = useTexts(common);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useFocusBack(opened);
  const close = () => {
    setError(null);
    onClose();
  };
  const go = async () => {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened={opened} title={title} {...(size && { size })} {...closing(busy, t.close, close)}>
      <Stack gap="md">
        {children}
        {error !== null && <ProblemNote error={error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={close} disabled={busy}>
            {t.cancel}
          </Button>
          <Button color={danger ? 'red' : 'petrol'} loading={busy} disabled={disabled} onClick={() => void go()} data-autofocus>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
