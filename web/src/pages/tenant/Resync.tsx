import { Checkbox, Group, NumberInput, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import type { Resync, TenantResyncDraft } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { FormDialog } from '../../parts/FormDialog';
import { navigate } from '../../router/router';
import { texts } from './texts';

// A staged resync of a tenant's phones.
export function ResyncTenant({ slug, onClose }: { slug: string; onClose: () => void }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const [values, setValues] = useState({ site: '', model: '', window: '', rate: 5, reboot: false });
  const set = (part: Partial<typeof values>) => setValues({ ...values, ...part });
  const start = async () => {
    const { site, model, window, rate, reboot } = values;
    await api.post<Resync, TenantResyncDraft>(`/v1/tenants/${slug}/resync`, { rate: `${rate}/s`, ...(site && { site }), ...(model && { model }), ...(window && { window }), ...(reboot && { reboot }) });
    notifications.show({ message: t.started, color: 'green' });
    await client.invalidateQueries({ queryKey: ['resyncs'] });
    navigate('/resyncs');
  };
  return (
    <FormDialog title={t.resyncTitle} lead={t.resyncLead} submit={t.resync} onClose={onClose} onSubmit={start}>
      <Group grow>
        <TextInput label={t.onlySite} value={values.site} onChange={event => set({ site: event.currentTarget.value })} />
        <TextInput label={t.onlyModel} value={values.model} onChange={event => set({ model: event.currentTarget.value })} />
      </Group>
      <NumberInput label={t.rate} min={1} max={100} value={values.rate} onChange={value => set({ rate: Number(value) || 1 })} />
      <TextInput label={t.windowOfDay} description={t.windowHint} value={values.window} onChange={event => set({ window: event.currentTarget.value })} />
      <Checkbox label={t.reboot} checked={values.reboot} onChange={event => set({ reboot: event.currentTarget.checked })} />
    </FormDialog>
  );
}
