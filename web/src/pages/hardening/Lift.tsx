import { Group, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import type { Exception, HardeningRule, NewException } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { ChooseTenant, ChooseVendor } from '../../parts/Choose';
import { FormDialog } from '../../parts/FormDialog';
import { Why } from '../../parts/Why';
import { texts } from './texts';

const first = { rule: null as string | null, tenant: null as string | null, site: '', vendor: null as string | null, model: '', device: '', owner: '', reason: '', until: '30d' };

// Only what can be seen: site, vendor and model narrow a tenant, the model a vendor, and one may have been typed before
// the other was taken away.
export function exceptionOf({ tenant, site, vendor, model, device, ...rest }: typeof first): NewException {
  const place = tenant === null ? { device } : { tenant, site, vendor, model: vendor === null ? '' : model };
  const given = Object.entries({ ...rest, ...place }).map(([name, value]) => [name, value?.trim() ?? ''] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== ''));
}

export function Lift({ rules, onClose }: { rules: HardeningRule[]; onClose: () => void }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const [values, setValues] = useState(first);
  const set = (part: Partial<typeof first>) => setValues({ ...values, ...part });
  const lift = async () => {
    await api.post<Exception, NewException>('/v1/exceptions', exceptionOf(values));
    notifications.show({ message: t.lifted, color: 'green' });
    await client.invalidateQueries({ queryKey: ['exceptions'] });
  };
  const place = values.tenant !== null || values.device.trim() !== '';
  const good = values.rule !== null && place && values.owner.trim() !== '' && values.reason.trim() !== '';
  return (
    <FormDialog title={t.liftTitle} lead={t.liftLead} submit={t.lift} danger size="lg" disabled={!good} onClose={onClose} onSubmit={lift}>
      <Select label={t.rule} required searchable data={rules.map(rule => ({ value: rule.rule, label: `${rule.rule}: ${rule.says}` }))} value={values.rule} onChange={rule => set({ rule })} />
      <Group grow align="flex-start">
        <ChooseTenant label={t.tenant} clearable disabled={values.device !== ''} value={values.tenant} onChange={tenant => set({ tenant })} />
        <TextInput label={t.device} disabled={values.tenant !== null} value={values.device} onChange={event => set({ device: event.currentTarget.value })} classNames={{ input: 'mono' }} autoComplete="off" />
      </Group>
      {values.tenant !== null && (
        <Group grow align="flex-start">
          <TextInput label={t.site} value={values.site} onChange={event => set({ site: event.currentTarget.value })} />
          <ChooseVendor label={t.vendor} clearable value={values.vendor} onChange={vendor => set({ vendor })} />
          <TextInput label={t.model} disabled={values.vendor === null} value={values.model} onChange={event => set({ model: event.currentTarget.value })} />
        </Group>
      )}
      <Group grow align="flex-start">
        <TextInput label={t.owner} placeholder={t.ownerHint} required value={values.owner} onChange={event => set({ owner: event.currentTarget.value })} />
        <Select
          label={t.lasts}
          allowDeselect={false}
          value={values.until}
          onChange={until => set({ until: until ?? '' })}
          data={[
            { value: '7d', label: t.d7 },
            { value: '30d', label: t.d30 },
            { value: '90d', label: t.d90 },
            { value: '365d', label: t.d365 },
            { value: '', label: t.forever },
          ]}
        />
      </Group>
      <Why label={t.reason} hint="" required value={values.reason} onChange={reason => set({ reason })} />
    </FormDialog>
  );
}
