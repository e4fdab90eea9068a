import { Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import type { Ban, NewBan } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { FormDialog } from '../../parts/FormDialog';
import { Why } from '../../parts/Why';
import { texts } from './texts';

export function AddBan({ network: given, onClose }: { network: string; onClose: () => void }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const [network, setNetwork] = useState(given);
  const [length, setLength] = useState('1d');
  const [reason, setReason] = useState('');
  const add = async () => {
    const made = await api.post<Ban, NewBan>('/v1/bans', { network: network.trim(), reason: reason.trim(), ...(length !== 'ever' && { for: length }) });
    notifications.show({ message: t.added(made.network), color: 'green' });
    await client.invalidateQueries({ queryKey: ['bans'] });
  };
  return (
    <FormDialog title={t.addTitle} lead={t.addLead} submit={t.add} danger disabled={!network.trim() || !reason.trim()} onClose={onClose} onSubmit={add}>
      <TextInput label={t.addNetwork} description={t.addNetworkHint} required value={network} onChange={event => setNetwork(event.currentTarget.value)} data-autofocus={given ? undefined : true} autoComplete="off" />
      <Select
        label={t.addFor}
        allowDeselect={false}
        value={length}
        onChange={value => setLength(value ?? '1d')}
        data={[
          { value: '1h', label: t.h1 },
          { value: '1d', label: t.d1 },
          { value: '7d', label: t.d7 },
          { value: '30d', label: t.d30 },
          { value: 'ever', label: t.forever },
        ]}
      />
      <Why label={t.addReason} hint={t.addReasonHint} required value={reason} onChange={setReason} data-autofocus={given ? true : undefined} />
    </FormDialog>
  );
}
