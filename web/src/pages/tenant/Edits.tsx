// Changes of a tenant: name, policy, settings. Each is what differs from the tenant as it was when the dialog opened, and
// goes out with that version, so that nobody overwrites what another changed meanwhile.
import { TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import type { Tenant } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { FormDialog } from '../../parts/FormDialog';
import { SettingsEditor, changesOf, pairsOf } from '../../parts/SettingsEditor';
import { texts } from './texts';

export const policyNames = ['minimum_rating', 'window', 'grace', 'repeat_window', 'repeat_limit', 'rotate_every', 'fallback', 'fallback_networks'] as const;

interface Props {
  tenant: Tenant;
  onClose: () => void;
}

function useSave(tenant: Tenant) {
  const t = useTexts(texts);
  const client = useQueryClient();
  return async (body: Record<string, unknown>) => {
    await api.patch(`/v1/tenants/${tenant.slug}`, body, { etag: `"${tenant.version}"` });
    notifications.show({ message: t.saved, color: 'green' });
    await client.invalidateQueries({ queryKey: ['tenant', tenant.slug] });
    await client.invalidateQueries({ queryKey: ['tenants'] });
  };
}

export function Rename({ tenant, onClose }: Props) {
  const t = useTexts(texts);
  const [seen] = useState(tenant);
  const save = useSave(seen);
  const [name, setName] = useState(seen.name);
  return (
    <FormDialog title={t.renameTitle} submit={t.rename} disabled={!name.trim()} onClose={onClose} onSubmit={() => save({ name: name.trim() })}>
      <TextInput label={t.name} value={name} onChange={event => setName(event.currentTarget.value)} data-autofocus />
    </FormDialog>
  );
}

export function EditPolicy({ tenant, onClose }: Props) {
  const t = useTexts(texts);
  const [seen] = useState(tenant);
  const save = useSave(seen);
  const before = Object.fromEntries(policyNames.map(name => [name, String(seen.policy?.[name] ?? '')]));
  const [values, setValues] = useState(before);
  const changed = Object.fromEntries(policyNames.filter(name => values[name] !== before[name]).map(name => [name, (values[name] ?? '').trim()]));
  return (
    <FormDialog title={t.policyEdit} submit={t.policyEdit} disabled={Object.keys(changed).length === 0} onClose={onClose} onSubmit={() => save({ policy: changed })}>
      {policyNames.map(name => (
        <TextInput key={name} label={t[`p_${name}`]} description={t[`h_${name}`]} value={values[name] ?? ''} onChange={event => setValues({ ...values, [name]: event.currentTarget.value })} autoComplete="off" />
      ))}
    </FormDialog>
  );
}

export function EditSettings({ tenant, onClose }: Props) {
  const t = useTexts(texts);
  const [seen] = useState(tenant);
  const save = useSave(seen);
  const [pairs, setPairs] = useState(() => pairsOf(seen.settings));
  const changes = changesOf(seen.settings, pairs);
  return (
    <FormDialog title={t.settingsEdit} lead={t.settingsNote} submit={t.settingsEdit} size="lg" disabled={Object.keys(changes).length === 0} onClose={onClose} onSubmit={() => save({ settings: changes })}>
      <SettingsEditor pairs={pairs} onChange={setPairs} />
    </FormDialog>
  );
}
