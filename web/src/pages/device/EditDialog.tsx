// Model, site and the device's own layer of settings, with the version they were read at.
import { Group, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { FormDialog } from '../../parts/FormDialog';
import { SettingsEditor, changesOf, pairsOf } from '../../parts/SettingsEditor';
import type { DialogProps } from './Dialogs';
import { changeDevice, useRefresh } from './data';
import { texts } from './texts';

export default function EditDialog({ device, onClose }: DialogProps) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const refresh = useRefresh(device.mac);
  // As it was when the dialog opened: the page reads it anew meanwhile, and what another changed is not ours to undo.
  const [seen] = useState(device);
  const [model, setModel] = useState(seen.model);
  const [site, setSite] = useState(seen.site);
  const [pairs, setPairs] = useState(() => pairsOf(seen.settings));
  const settings = changesOf(seen.settings, pairs);
  const change = {
    ...(model !== seen.model && { model }),
    ...(site !== seen.site && { site }),
    ...(Object.keys(settings).length > 0 && { settings }),
  };
  const save = async () => {
    await changeDevice(seen, change);
    notifications.show({ message: t.saved, color: 'green' });
    await refresh();
  };
  return (
    <FormDialog title={t.editTitle} lead={t.editLead} submit={c.save} size="lg" disabled={Object.keys(change).length === 0} onClose={onClose} onSubmit={save}>
      <Group grow>
        <TextInput label={t.model} value={model} onChange={event => setModel(event.currentTarget.value)} data-autofocus />
        <TextInput label={t.site} value={site} onChange={event => setSite(event.currentTarget.value)} />
      </Group>
      <SettingsEditor pairs={pairs} onChange={setPairs} />
    </FormDialog>
  );
}
