// An address for one delivery: made here, told once.
import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { CopyButton } from '../../parts/CopyButton';
import { ProblemNote } from '../../parts/Problem';
import { Qr } from '../../parts/Qr';
import type { DialogProps } from './Dialogs';
import { useRefresh } from './data';
import { texts } from './texts';

interface Told {
  address: string;
  url: string;
  until: string;
}

function ToldOnce({ told }: { told: Told }) {
  const t = useTexts(texts);
  const text = told.url || told.address;
  return (
    <>
      <Alert color="yellow" variant="light">
        {t.tokenOnce}
      </Alert>
      <Group justify="center">
        <Qr text={text} label={text} size={180} />
      </Group>
      <Text className="mono" style={{ overflowWrap: 'anywhere' }}>
        {text}
      </Text>
      <Group>
        <CopyButton text={text} />
      </Group>
    </>
  );
}

export function TokenDialog({ device, opened, onClose }: DialogProps) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const refresh = useRefresh(device.mac);
  const [span, setSpan] = useState('24h');
  const [networks, setNetworks] = useState('');
  const [told, setTold] = useState<Told | null>(null);
  const [error, setError] = useState<unknown>(null);
  const attempt = async (what: () => Promise<void>) => {
    setError(null);
    try {
      await what();
      await refresh();
    } catch (problem) {
      setError(problem);
    }
  };
  const make = () =>
    attempt(async () => {
      const body = { window: span, ...(networks.trim() && { networks: networks.trim() }) };
      setTold(await api.post<Told>(`/v1/devices/${device.mac}/token`, body));
    });
  const revoke = () =>
    attempt(async () => {
      await api.remove(`/v1/devices/${device.mac}/token`);
      onClose();
    });
  return (
    <Modal opened={opened} onClose={onClose} title={t.tokenTitle} closeOnClickOutside={told === null}>
      <Stack gap="md">
        {told ? (
          <ToldOnce told={told} />
        ) : (
          <>
            <Text>{t.tokenText}</Text>
            <Group grow align="flex-start">
              <Select label={t.tokenWindow} value={span} onChange={value => setSpan(value ?? '24h')} data={['1h', '24h', '7d', '14d']} allowDeselect={false} />
              <TextInput label={t.tokenNetworks} description={t.tokenNetworksHint} value={networks} onChange={event => setNetworks(event.currentTarget.value)} />
            </Group>
          </>
        )}
        {error !== null && <ProblemNote error={error} />}
        <Group justify="flex-end">
          {!told && device.token_until && !device.token_spent && (
            <Button variant="default" color="red" onClick={() => void revoke()}>
              {t.tokenRevoke}
            </Button>
          )}
          {told ? <Button onClick={onClose}>{c.close}</Button> : <Button onClick={() => void make()}>{t.tokenMake}</Button>}
        </Group>
      </Stack>
    </Modal>
  );
}
