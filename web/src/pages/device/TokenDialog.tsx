// An address for one delivery: made here, told once.
import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { api } from '../../api/client';
import type { Device, NewToken, Token } from '../../api/types';
import { dateTime } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { FormDialog } from '../../parts/FormDialog';
import { Qr } from '../../parts/Qr';
import { ShownOnce } from '../../parts/ShownOnce';
import { showProblem } from '../../parts/showProblem';
import type { DialogProps } from './Dialogs';
import { useRefresh } from './data';
import { texts } from './texts';

function ToldOnce({ told, onClose }: { told: Token; onClose: () => void }) {
  const t = useTexts(texts);
  const address = told.url || told.address;
  return (
    <ShownOnce title={t.tokenTitle} once={t.tokenOnce} secret={address} onClose={onClose}>
      <Group justify="center">
        <Qr text={address} label={address} size={180} />
      </Group>
    </ShownOnce>
  );
}

// The one it has already, if that is still good.
function Current({ device, onClose }: { device: Device; onClose: () => void }) {
  const t = useTexts(texts);
  const refresh = useRefresh(device.mac);
  const revoke = async () => {
    try {
      await api.remove(`/v1/devices/${device.mac}/token`);
      notifications.show({ message: t.tokenRevoked, color: 'green' });
      await refresh();
      onClose();
    } catch (problem) {
      showProblem(problem);
    }
  };
  return (
    <Group justify="space-between">
      <Text size="sm">
        {t.tokenHas(dateTime(device.token_until ?? ''))}
      </Text>
      <Button variant="light" color="red" size="xs" onClick={() => void revoke()}>
        {t.tokenRevoke}
      </Button>
    </Group>
  );
}

export function TokenDialog({ device, onClose }: DialogProps) {
  const t = useTexts(texts);
  const refresh = useRefresh(device.mac);
  const [span, setSpan] = useState('24h');
  const [networks, setNetworks] = useState('');
  const [told, setTold] = useState<Token | null>(null);
  const make = async () => {
    const body = { window: span, ...(networks.trim() && { networks: networks.trim() }) };
    setTold(await api.post<Token, NewToken>(`/v1/devices/${device.mac}/token`, body));
    await refresh();
    return false;
  };
  if (told) return <ToldOnce told={told} onClose={onClose} />;
  return (
    <FormDialog title={t.tokenTitle} lead={t.tokenText} submit={t.tokenMake} onClose={onClose} onSubmit={make}>
      {device.token_until && !device.token_spent && <Current device={device} onClose={onClose} />}
      <Group grow align="flex-start">
        <Select label={t.tokenWindow} value={span} onChange={value => setSpan(value ?? '24h')} data={['1h', '24h', '7d', '14d']} allowDeselect={false} />
        <TextInput label={t.tokenNetworks} description={t.tokenNetworksHint} value={networks} onChange={event => setNetworks(event.currentTarget.value)} />
      </Group>
    </FormDialog>
  );
}
