// A form in a dialog: keeps what was typed when the server refuses it, and says what it said.
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { closing, useFocusBack } from './dialog';
import { ProblemNote } from './Problem';

interface Props {
  title: string;
  lead?: ReactNode;
  submit: string; // the verb
  danger?: boolean;
  size?: string;
  disabled?: boolean;
  onClose: () => void;
  // False keeps it open: something typed is wrong, and a field says so, or something else is shown in its place.
  onSubmit: () => Promise<unknown>;
  children: ReactNode;
}

// Mount it while it is wanted; closing throws away what was typed.
export function FormDialog({ title, lead, submit, danger = false, size = 'md', disabled = false, onClose, onSubmit, children }: Props) {
  const c = useTexts(common);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useFocusBack();
  const go = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      if ((await onSubmit()) !== false) onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened title={title} size={size} {...closing(busy, c.close, onClose)}>
      <form onSubmit={event => void go(event)} noValidate>
        <Stack gap="sm">
          {lead && (
            <Text size="sm" c="dimmed">
              {lead}
            </Text>
          )}
          {children}
          {error !== null && <ProblemNote error={error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={busy}>
              {c.cancel}
            </Button>
            <Button type="submit" color={danger ? 'red' : 'petrol'} loading={busy} disabled={disabled}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
