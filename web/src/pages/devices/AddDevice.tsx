// One device by hand.
import { Checkbox, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { DeviceAdded, NewDevice } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { ChooseTenant } from '../../parts/Choose';
import { FormDialog } from '../../parts/FormDialog';
import { macPairs } from '../../parts/mac';
import { showProblem } from '../../parts/showProblem';
import { navigate } from '../../router/router';
import { texts } from './texts';

const first = { mac: '', tenant: '', model: '', site: '', user: '', name: '', arm: true };
type Values = typeof first;

function bodyOf(values: Values): NewDevice {
  const settings: Record<string, string> = {};
  if (values.user) settings['line.1.user'] = values.user;
  if (values.name) settings['line.1.display_name'] = values.name;
  const { mac, tenant, model, site } = values;
  return { mac, tenant, ...(model && { model }), ...(site && { site }), settings };
}

export default function AddDevice({ onClose, mac = '' }: { onClose: () => void; mac?: string }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const form = useForm<Values>({
    initialValues: { ...first, mac },
    validate: {
      mac: value => (/^[0-9a-f]{12}$/i.test(value.replace(/[\s:.-]/g, '')) ? null : t.addMacBad),
      tenant: value => (value ? null : t.addTenantBad),
    },
  });
  const add = async () => {
    if (form.validate().hasErrors) return false;
    const values = form.getValues();
    const device = await api.post<DeviceAdded, NewDevice>('/v1/devices', bodyOf(values));
    notifications.show({ message: t.added(macPairs(device.mac)), color: 'green' });
    // It is there by now: what arming says is no reason to stay and add it again.
    if (values.arm) await api.post(`/v1/devices/${device.mac}/arm`).catch(showProblem);
    // Its page may be the one that says it is no device.
    await client.invalidateQueries({ queryKey: ['device', device.mac] });
    await client.invalidateQueries({ queryKey: ['devices'] });
    navigate(`/devices/${device.mac}`);
    return true;
  };
  return (
    <FormDialog title={t.addTitle} lead={t.addLead} submit={t.add} onClose={onClose} onSubmit={add}>
      <TextInput label={t.addMac} required data-autofocus classNames={{ input: 'mono' }} placeholder="00:15:65:12:34:56" autoComplete="off" {...form.getInputProps('mac')} />
      <ChooseTenant
        label={t.tenant}
        required
        {...form.getInputProps('tenant')}
      />
      <Group grow align="flex-start">
        <TextInput label={t.addModel} description={t.addModelHint} {...form.getInputProps('model')} />
        <TextInput label={t.addSite} description=" " {...form.getInputProps('site')} />
      </Group>
      <Group grow align="flex-start">
        <TextInput label={t.addUser} autoComplete="off" {...form.getInputProps('user')} />
        <TextInput label={t.addName} autoComplete="off" {...form.getInputProps('name')} />
      </Group>
      <Checkbox label={t.addArm} {...form.getInputProps('arm', { type: 'checkbox' })} />
    </FormDialog>
  );
}
