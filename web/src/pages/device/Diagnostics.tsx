// The diagnostic window: opened with a reason, its password told once, a countdown, closed by hand or by itself.
import { Checkbox, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client';
import type { DiagnosticDraft, DiagnosticWindowOpened } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { CopyValue } from '../../parts/CopyButton';
import { Facts } from '../../parts/Facts';
import { FormDialog } from '../../parts/FormDialog';
import { ShownOnce } from '../../parts/ShownOnce';
import { Why } from '../../parts/Why';
import type { DialogProps } from './Dialogs';
import { useRefresh } from './data';
import { texts } from './texts';

function ToldOnce({ told, onClose }: { told: DiagnosticWindowOpened; onClose: () => void }) {
  const t = useTexts(texts);
  return (
    <ShownOnce title={t.diagnostics} once={t.diagnosticsOnce} label={t.diagnosticsPassword} secret={told.password} note={told.words} onClose={onClose}>
      <Facts
        of={[
          told.url !== null && [t.diagnosticsUrl, <CopyValue key="a" text={told.url} />],
          told.user !== null && [t.diagnosticsUser, <CopyValue key="u" text={told.user} />],
        ]}
      />
    </ShownOnce>
  );
}

export function DiagnosticsDialog({ device, onClose }: DialogProps) {
  const t = useTexts(texts);
  const refresh = useRefresh(device.mac);
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState<number | string>(30);
  const [reboot, setReboot] = useState(false);
  const [told, setTold] = useState<DiagnosticWindowOpened | null>(null);
  const open = async () => {
    const draft = { reason: reason.trim(), minutes: Number(minutes), ...(reboot && { reboot }) };
    setTold(await api.post<DiagnosticWindowOpened, DiagnosticDraft>(`/v1/devices/${device.mac}/diagnostics`, draft));
    await refresh();
    return false;
  };
  if (told) return <ToldOnce told={told} onClose={onClose} />;
  return (
    <FormDialog title={t.diagnostics} lead={t.diagnosticsText} submit={t.diagnosticsOpen} disabled={reason.trim() === ''} onClose={onClose} onSubmit={open}>
      <Why label={t.diagnosticsReason} hint={t.diagnosticsReasonHint} required value={reason} onChange={setReason} data-autofocus />
      <NumberInput label={t.diagnosticsMinutes} min={1} max={1440} value={minutes} onChange={setMinutes} w={140} />
      <Checkbox label={t.diagnosticsReboot} checked={reboot} onChange={event => setReboot(event.currentTarget.checked)} />
    </FormDialog>
  );
}
