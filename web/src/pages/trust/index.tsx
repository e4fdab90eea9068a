// Whose word counts for a phone.
import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type Page, api } from '../../api/client';
import { useMay } from '../../api/session';
import type { TrustRow } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { CopyValue } from '../../parts/CopyButton';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { Icon, type IconName } from '../../parts/icons';
import { PageHead } from '../../parts/PageHead';
import { Section } from '../../parts/Section';
import { Ago } from '../../parts/Time';
import { Link, useQueryState } from '../../router/router';
import { ImportCrl, Refuse, Remove } from './Dialogs';
import { ImportAnchor } from './ImportAnchor';
import { texts } from './texts';
import classes from './trust.module.css';

type Dialog = 'anchor' | 'crl' | 'refuse';

function useFields(onRemove: ((row: TrustRow) => void) | null) {
  const t = useTexts(texts);
  const vendor: Field<TrustRow> = { id: 'vendor', head: t.vendor, render: row => row.vendor && <Link href={`/vendors/${row.vendor}`}>{row.vendor}</Link> };
  const fingerprint: Field<TrustRow> = { id: 'fingerprint', head: t.fingerprint, render: row => <CopyValue text={row.fingerprint} shown={`${row.fingerprint.slice(0, 24)}…`} /> };
  const rest: Field<TrustRow>[] = [
    { id: 'by', head: t.by, from: 'md', render: row => row.actor },
    { id: 'since', head: t.since, render: row => <Ago at={row.at} /> },
  ];
  if (onRemove !== null)
    rest.push({
      id: t.remove,
      head: '',
      bare: true,
      align: 'right',
      render: row => (
        <Button size="compact-xs" variant="default" onClick={() => onRemove(row)} aria-label={`${t.remove}: ${row.vendor} ${row.anchor || row.fingerprint.slice(0, 8)}`}>
          {t.remove}
        </Button>
      ),
    });
  const profiles: Record<string, string> = { device: t.profile_device, generic: t.profile_generic };
  return {
    anchors: [vendor, { id: 'anchor', head: t.anchor, render: row => row.anchor }, { id: 'profile', head: t.profile, from: 'lg', render: row => profiles[row.profile] ?? row.profile }, fingerprint, ...rest] as Field<TrustRow>[],
    crls: [vendor, fingerprint, ...rest],
    refused: [{ id: 'kind', head: t.profile, render: row => (row.kind === 'refuse-key' ? t.kind_key : t.kind_certificate) }, fingerprint, { id: 'reason', head: t.reason, wide: true, render: row => row.reason }, ...rest] as Field<TrustRow>[],
  };
}

interface ListProps {
  title: string;
  note: string;
  empty: string;
  icon: IconName;
  action: ReactNode;
  fields: Field<TrustRow>[];
  rows: TrustRow[];
}

function List({ title, note, empty, icon, action, fields, rows }: ListProps) {
  return (
    <Section title={`${title} (${rows.length})`} note={note} actions={action} flush>
      {rows.length === 0 ? <Empty icon={icon}>{empty}</Empty> : <DataTable label={title} fields={fields} rows={rows} rowKey={row => String(row.id)} />}
    </Section>
  );
}

function Lists({ rows, onOpen, onRemove }: { rows: TrustRow[]; onOpen: (which: Dialog) => void; onRemove: (row: TrustRow) => void }) {
  const t = useTexts(texts);
  const may = useMay()('platform');
  const fields = useFields(may ? onRemove : null);
  const button = (which: Dialog, label: string) =>
    may && (
      <Button size="xs" variant={which === 'anchor' ? 'filled' : 'default'} onClick={() => onOpen(which)} leftSection={<Icon name={which === 'refuse' ? 'ban' : 'upload'} size={14} />}>
        {label}
      </Button>
    );
  return (
    <div className={classes.stack}>
      <List title={t.anchors} note={t.anchorsNote} empty={t.noAnchors} icon="shield" action={button('anchor', t.import)} fields={fields.anchors} rows={rows.filter(row => row.kind === 'anchor')} />
      <List title={t.crls} note={t.crlsNote} empty={t.noCrls} icon="file" action={button('crl', t.importCrl)} fields={fields.crls} rows={rows.filter(row => row.kind === 'crl')} />
      <List title={t.refused} note={t.refusedNote} empty={t.noRefused} icon="ban" action={button('refuse', t.refuse)} fields={fields.refused} rows={rows.filter(row => row.kind !== 'anchor' && row.kind !== 'crl')} />
    </div>
  );
}

export default function TrustPage() {
  const t = useTexts(texts);
  const [values, setValues] = useQueryState();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [removing, setRemoving] = useState<TrustRow | null>(null);
  const query = useQuery({ queryKey: ['trust'], queryFn: ({ signal }) => api.get<Page<TrustRow>>('/v1/trust', {}, signal) });
  const vendors = [...new Set((query.data?.items ?? []).map(row => row.vendor).filter(Boolean))].toSorted();
  const wanted = values.vendor ?? '';
  const close = () => setDialog(null);
  return (
    <>
      <PageHead
        title={t.title}
        lead={t.lead}
        actions={<Select aria-label={t.vendor} placeholder={t.vendor} data={wanted && !vendors.includes(wanted) ? [...vendors, wanted] : vendors} value={wanted || null} onChange={vendor => setValues({ vendor })} clearable searchable w={170} />}
      />
      <Answer of={query} rows={8}>
        {page => <Lists rows={page.items.filter(row => wanted === '' || !row.vendor || row.vendor === wanted)} onOpen={setDialog} onRemove={setRemoving} />}
      </Answer>
      {dialog === 'anchor' && <ImportAnchor onClose={close} />}
      {dialog === 'crl' && <ImportCrl onClose={close} />}
      {dialog === 'refuse' && <Refuse onClose={close} />}
      {removing !== null && <Remove row={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}
