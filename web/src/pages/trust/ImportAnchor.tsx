// Import of a CA: by the pins of the vendor files at once; else only with a fingerprint that came another way.
import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Page, api } from '../../api/client';
import type { TrustDecision, VendorCard } from '../../api/types';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { ChooseVendor } from '../../parts/Choose';
import { useFocusBack } from '../../parts/dialog';
import { FileDrop } from '../../parts/FileDrop';
import { Note } from '../../parts/Note';
import { ProblemNote } from '../../parts/Problem';
import { Pill } from '../../parts/State';
import { Why } from '../../parts/Why';
import { texts } from './texts';
import { fingerprintOf, inPairs, pemOf } from './trust';
import classes from './trust.module.css';

function Decision({ one }: { one: TrustDecision }) {
  const t = useTexts(texts);
  const words: Record<string, string> = { imported: t.outcome_imported, 'already there': t.outcome_there, 'not pinned': t.outcome_not };
  return (
    <li>
      <Pill tone={one.outcome === 'not pinned' ? 'warn' : 'good'}>{words[one.outcome] ?? one.outcome}</Pill> {one.vendor && `${one.vendor}, ${one.anchor}: `}
      {one.subject}
      <div className={classes.pairs}>{inPairs(one.fingerprint)}</div>
    </li>
  );
}

// For one that no vendor file knows.
function ByHand({ pem, why, unknown, onDone }: { pem: string; why: string; unknown: TrustDecision; onDone: (made: TrustDecision[]) => void }) {
  const t = useTexts(texts);
  const [vendor, setVendor] = useState<string | null>(null);
  const [anchor, setAnchor] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<unknown>(null);
  const card = useQuery({ queryKey: ['vendor', vendor], queryFn: ({ signal }) => api.get<VendorCard>(`/v1/vendors/${vendor}`, {}, signal), enabled: vendor !== null });
  const given = fingerprintOf(typed);
  const wrong = typed === '' ? null : given === null ? t.fingerprintBad : given !== unknown.fingerprint ? t.fingerprintOther : null;
  const go = async () => {
    setError(null);
    try {
      const made = await api.post<Page<TrustDecision>>('/v1/trust', pem, { query: { vendor, anchor, fingerprint: given, reason: why }, contentType: 'application/x-pem-file' });
      onDone(made.items ?? []);
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Stack gap="sm">
      <Note icon="warn">{t.notPinned}</Note>
      <Group grow align="flex-start">
        <ChooseVendor label={t.confirmVendor} value={vendor} onChange={setVendor} />
        <Select label={t.confirmAnchor} data={(card.data?.anchors ?? []).map(one => one.id)} value={anchor} onChange={setAnchor} disabled={!card.data} />
      </Group>
      <TextInput label={t.confirmFingerprint} description={t.confirmHint} classNames={{ input: 'mono' }} value={typed} onChange={event => setTyped(event.currentTarget.value)} error={wrong} autoComplete="off" />
      {error !== null && <ProblemNote error={error} />}
      <Group justify="flex-end">
        <Button disabled={!vendor || !anchor || given !== unknown.fingerprint} onClick={() => void go()}>
          {t.confirm}
        </Button>
      </Group>
    </Stack>
  );
}

export function ImportAnchor({ onClose }: { onClose: () => void }) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const client = useQueryClient();
  useFocusBack();
  const [name, setName] = useState<string | null>(null);
  const [pem, setPem] = useState('');
  const [why, setWhy] = useState('');
  const [made, setMade] = useState<TrustDecision[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const take = async (file: File) => {
    setName(file.name);
    setError(null);
    setMade(null);
    try {
      const text = pemOf(new Uint8Array(await file.arrayBuffer()), 'CERTIFICATE');
      setPem(text);
      const answer = await api.post<Page<TrustDecision>>('/v1/trust', text, { query: { reason: why.trim() }, contentType: 'application/x-pem-file' });
      setMade(answer.items ?? []);
      await client.invalidateQueries({ queryKey: ['trust'] });
    } catch (problem) {
      setError(problem);
    }
  };
  const unknown = made?.find(one => one.outcome === 'not pinned');
  return (
    <Modal opened onClose={onClose} size="lg" title={t.importTitle} closeButtonProps={{ 'aria-label': c.close }}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t.importLead}
        </Text>
        <Why value={why} onChange={setWhy} />
        <FileDrop label={t.chooseFile} name={name} accept=".pem,.crt,.cer,.der,.p7b" onFile={file => void take(file)} />
        {error !== null && <ProblemNote error={error} />}
        {made !== null && (
          <ul className={classes.decisions} aria-label={t.result}>
            {made.map(one => (
              <Decision key={one.fingerprint} one={one} />
            ))}
          </ul>
        )}
        {unknown && (
          <ByHand
            pem={pem}
            why={why.trim()}
            unknown={unknown}
            onDone={next => {
              setMade(next);
              void client.invalidateQueries({ queryKey: ['trust'] });
            }}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {c.close}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
