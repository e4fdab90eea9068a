// Model, site and the device's own layer of settings, with the version they were read at.
import { Button, Group, Modal, Stack, TextInput, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { ProblemNote } from '../../parts/Problem';
import type { DialogProps } from './Dialogs';
import { changeDevice, useRefresh } from './data';
import { linesOf, settingsChange } from './settings';
import { texts } from './texts';

export function EditDialog({ device, opened, onClose }: DialogProps) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const refresh = useRefresh(device.mac);
  const [model, setModel] = useState(device.model);
  const [site, setSite] = useState(device.site);
  const [lines, setLines] = useState(linesOf(device.settings));
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const change = settingsChange(device.settings, lines);
  const save = async () => {
    if ('bad' in change) return;
    setBusy(true);
    setError(null);
    try {
      await changeDevice(device, {
        ...(model !== device.model && { model }),
        ...(site !== device.site && { site }),
        ...(Object.keys(change.settings).length > 0 && { settings: change.settings }),
      });
      notifications.show({ message: t.saved, color: 'green' });
      await refresh();
      onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t.editTitle} size="lg">
      <Stack gap="md">
        <Group grow>
          <TextInput label={t.model} value={model} onChange={event => setModel(event.currentTarget.value)} data-autofocus />
          <TextInput label={t.site} value={site} onChange={event => setSite(event.currentTarget.value)} />
        </Group>
        <Textarea
          label={t.settings}
          description={t.settingsHint}
          autosize
          minRows={5}
          maxRows={16}
          value={lines}
          onChange={event => setLines(event.currentTarget.value)}
          error={'bad' in change && t.settingsBad(change.bad)}
          spellCheck={false}
          classNames={{ input: 'mono' }}
        />
        {error !== null && <ProblemNote error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {c.cancel}
          </Button>
          <Button onClick={() => void save()} loading={busy} disabled={'bad' in change}>
            {c.save}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
