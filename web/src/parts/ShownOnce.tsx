// A secret that the server shows once: copied, and closed only by saying that it is kept.
import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { defineTexts, useTexts } from '../i18n/texts';
import { common } from '../i18n/common';
import { CopyButton } from './CopyButton';
import { useFocusBack } from './dialog';
import { Note } from './Note';
import classes from './ShownOnce.module.css';

const texts = defineTexts({
  en: { once: 'It is shown this once. The server keeps only a hash, and nobody can show it again.', kept: 'I have kept it in a safe place', done: 'Done' },
  de: {
    once: 'Es wird nur dieses eine Mal gezeigt. Der Server behält nur einen Hash, niemand kann es noch einmal zeigen.',
    kept: 'Ich habe es sicher aufbewahrt',
    done: 'Fertig',
  },
});

interface Props {
  title: string;
  secret: string;
  label?: string; // of the secret, where the title does not say it
  note?: ReactNode;
  once?: string;
  onClose: () => void;
  children?: ReactNode; // what goes with it
}

export function ShownOnce({ title, secret, label, note, once, onClose, children }: Props) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const [kept, setKept] = useState(false);
  useFocusBack();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={kept}
      withCloseButton={kept}
      closeButtonProps={{ 'aria-label': c.close }}
    >
      <Stack gap="sm">
        <Note icon="eye">{once ?? t.once}</Note>
        {children}
        {label && (
          <Text size="sm" fw={600} mb={-8}>
            {label}
          </Text>
        )}
        <output className={classes.secret} aria-label={label ?? title}>
          {secret}
        </output>
        {note && (
          <Text size="sm" c="dimmed">
            {note}
          </Text>
        )}
        <Group justify="space-between" gap="sm">
          <CopyButton text={secret} />
          <Checkbox label={t.kept} checked={kept} onChange={event => setKept(event.currentTarget.checked)} />
        </Group>
        <Group justify="flex-end">
          <Button onClick={onClose} disabled={!kept}>
            {t.done}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
