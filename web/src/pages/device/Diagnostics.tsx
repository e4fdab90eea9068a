// The diagnostic window: opened with a reason, its password told once, a countdown, closed by hand or by itself.
import { Alert, Button, Checkbox, Group, Modal, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { CopyButton, CopyValue } from '../../parts/CopyButton';
import { ProblemNote } from '../../parts/Problem';
import type { DialogProps } from './Dialogs';
import { type DiagnosticWindow, useRefresh } from './data';
import { texts } from './texts';

interface Opened extends DiagnosticWindow {
  user: string | null;
  password: string;
  url: string | null;
}

function ToldOnce({ told }: { told: Opened }) {
  const t = useTexts(texts);
  return (
    <Stack gap="xs">
      <Alert color="yellow" variant="light">
        {t.diagnosticsOnce}
      </Alert>
      {told.url && (
        <Text>
          {t.diagnosticsUrl}: <CopyValue text={told.url} />
        </Text>
      )}
      {told.user && (
        <Text>
          {t.diagnosticsUser}: <CopyValue text={told.user} />
        </Text>
      )}
      <Group>
        <Text>
          {t.diagnosticsPassword}: <b className="mono">{told.password}</b>
        </Text>
        <CopyButton text={told.password} />
      </Group>
      <Text size="sm" c="dimmed">
        {told.words}
      </Text>
    </Stack>
  );
}

export function DiagnosticsDialog({ device, opened, onClose }: DialogProps) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const refresh = useRefresh(device.mac);
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState<number | string>(30);
  const [reboot, setReboot] = useState(false);
  const [told, setTold] = useState<Opened | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const open = async () => {
    setError(null);
    setBusy(true);
    try {
      setTold(await api.post<Opened>(`/v1/devices/${device.mac}/diagnostics`, { reason: reason.trim(), minutes: Number(minutes), ...(reboot && { reboot }) }));
      await refresh();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t.diagnostics} closeOnClickOutside={told === null}>
      <Stack gap="md">
        {told ? (
          <ToldOnce told={told} />
        ) : (
          <>
            <Text>{t.diagnosticsText}</Text>
            <TextInput label={t.diagnosticsReason} description={t.diagnosticsReasonHint} required value={reason} onChange={event => setReason(event.currentTarget.value)} data-autofocus />
            <NumberInput label={t.diagnosticsMinutes} min={1} max={1440} value={minutes} onChange={setMinutes} w={140} />
            <Checkbox label={t.diagnosticsReboot} checked={reboot} onChange={event => setReboot(event.currentTarget.checked)} />
          </>
        )}
        {error !== null && <ProblemNote error={error} />}
        <Group justify="flex-end">
          {told ? (
            <Button onClick={onClose}>{c.close}</Button>
          ) : (
            <Button onClick={() => void open()} loading={busy} disabled={reason.trim() === ''}>
              {t.diagnosticsOpen}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
