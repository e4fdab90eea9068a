import { Group, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import type { Device, NewTrunk } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { ChooseTenant, ChooseVendor } from '../../parts/Choose';
import { FormDialog } from '../../parts/FormDialog';
import { texts } from './texts';

export function AddTrunk({ onClose }: { onClose: () => void }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const [values, setValues] = useState({ tenant: null as string | null, pbx: null as string | null, user: '', registrar: '', name: '' });
  const set = (part: Partial<typeof values>) => setValues({ ...values, ...part });
  const add = async () => {
    const { tenant, pbx, user, registrar, name } = values;
    const settings = { ...(registrar && { 'line.1.registrar_host': registrar }), ...(name && { 'line.1.display_name': name }) };
    await api.post<Device, NewTrunk>('/v1/trunks', { tenant: tenant ?? '', pbx: pbx ?? '', user: user.trim(), settings });
    notifications.show({ message: t.made(user), color: 'green' });
    await client.invalidateQueries({ queryKey: ['trunks'] });
  };
  return (
    <FormDialog title={t.addTitle} lead={t.addLead} submit={t.add} disabled={!values.tenant || !values.pbx || !values.user.trim()} onClose={onClose} onSubmit={add}>
      <Group grow align="flex-start">
        <ChooseTenant label={t.tenant} required value={values.tenant} onChange={tenant => set({ tenant })} />
        <TextInput label={t.addUser} required data-autofocus value={values.user} onChange={event => set({ user: event.currentTarget.value })} autoComplete="off" />
      </Group>
      <ChooseVendor label={t.addPbx} description={t.addPbxHint} required value={values.pbx} onChange={pbx => set({ pbx })} />
      <TextInput label={t.addRegistrar} description={t.addRegistrarHint} value={values.registrar} onChange={event => set({ registrar: event.currentTarget.value })} autoComplete="off" />
      <TextInput label={t.addName} value={values.name} onChange={event => set({ name: event.currentTarget.value })} autoComplete="off" />
    </FormDialog>
  );
}
