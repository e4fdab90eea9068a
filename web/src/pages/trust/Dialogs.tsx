import { SegmentedControl, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import type { Outcome, Refusal, TrustRow } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { ChooseVendor } from '../../parts/Choose';
import { Confirm } from '../../parts/confirm';
import { FileDrop } from '../../parts/FileDrop';
import { FormDialog } from '../../parts/FormDialog';
import { Why } from '../../parts/Why';
import { texts } from './texts';
import { fingerprintOf, pemOf } from './trust';

export function ImportCrl({ onClose }: { onClose: () => void }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const [vendor, setVendor] = useState<string | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const send = async () => {
    if (!file) return false;
    const text = pemOf(new Uint8Array(await file.arrayBuffer()), 'X509 CRL');
    await api.post('/v1/trust/crl', text, { query: { vendor }, contentType: 'application/x-pem-file' });
    notifications.show({ message: t.crlDone, color: 'green' });
    return client.invalidateQueries({ queryKey: ['trust'] });
  };
  return (
    <FormDialog title={t.crlTitle} lead={t.crlLead} submit={t.send} disabled={!vendor || !file} onClose={onClose} onSubmit={send}>
      <ChooseVendor label={t.vendor} required value={vendor} onChange={setVendor} />
      <FileDrop label={t.chooseFile} name={file?.name ?? null} onFile={setFile} />
    </FormDialog>
  );
}

export function Refuse({ onClose }: { onClose: () => void }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const [kind, setKind] = useState('certificate');
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const fingerprint = fingerprintOf(typed);
  const send = async () => {
    await api.post<Outcome, Refusal>('/v1/trust/refuse', { kind, fingerprint: fingerprint ?? '', reason: reason.trim() });
    notifications.show({ message: t.refuseDone, color: 'green' });
    await client.invalidateQueries({ queryKey: ['trust'] });
  };
  return (
    <FormDialog title={t.refuseTitle} lead={t.refuseLead} submit={t.refuse} danger disabled={fingerprint === null || !reason.trim()} onClose={onClose} onSubmit={send}>
      <SegmentedControl
        aria-label={t.refuseKind}
        value={kind}
        onChange={setKind}
        data={[
          { value: 'certificate', label: t.kind_certificate },
          { value: 'key', label: t.kind_key },
        ]}
      />
      <TextInput label={t.fingerprint} required classNames={{ input: 'mono' }} value={typed} onChange={event => setTyped(event.currentTarget.value)} error={typed !== '' && fingerprint === null ? t.fingerprintBad : null} autoComplete="off" />
      <Why label={t.refuseReason} hint={t.refuseReasonHint} required value={reason} onChange={setReason} />
    </FormDialog>
  );
}

const short = (row: TrustRow) => [row.vendor, row.anchor].filter(Boolean).join(', ') || row.fingerprint.slice(0, 8);

// Mounted for one row: why it should go is not offered for the next.
export function Remove({ row, onClose }: { row: TrustRow; onClose: () => void }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const [why, setWhy] = useState('');
  const remove = async () => {
    await api.remove(`/v1/trust/${row.id}`, { query: { reason: why.trim() } });
    notifications.show({ message: t.removed, color: 'green' });
    await client.invalidateQueries({ queryKey: ['trust'] });
  };
  const warning = row.kind === 'anchor' ? t.removeAnchor : row.kind === 'crl' ? t.removeCrl : t.removeRefusal;
  return (
    <Confirm opened danger title={t.removeTitle} confirm={t.remove} onClose={onClose} onConfirm={remove}>
      <Text size="sm">
        <b>{short(row)}:</b> {warning}
      </Text>
      <Why value={why} onChange={setWhy} />
    </Confirm>
  );
}
