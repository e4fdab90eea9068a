// The server itself: how it stands, its doors, its keys, whom it alerts, which programs it tells, its backup.
import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { every } from '../../api/again';
import { api } from '../../api/client';
import { useMay } from '../../api/session';
import type { Door, Server } from '../../api/types';
import { dateTime, number } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { Bars } from '../../parts/Bars';
import { Confirm } from '../../parts/confirm';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { Facts } from '../../parts/Facts';
import { Icon } from '../../parts/icons';
import { Note } from '../../parts/Note';
import { PageHead } from '../../parts/PageHead';
import { Section } from '../../parts/Section';
import { Ago } from '../../parts/Time';
import { Link } from '../../router/router';
import { Alerts } from './Alerts';
import { Backup } from './Backup';
import { guardCounts } from './server';
import classes from './server.module.css';
import { texts } from './texts';
import { Webhooks } from './Webhooks';

type Act = 'reload' | 'epoch' | 'release';
const paths: Record<Act, string> = { reload: '/v1/server/reload', epoch: '/v1/server/epoch', release: '/v1/server/brake/release' };

function State({ server }: { server: Server }) {
  const t = useTexts(texts);
  const reviewed = server.reviewed ? (
    <>
      <Ago at={server.reviewed} /> {t.by(server.reviewed_by ?? '')}
    </>
  ) : (
    t.never
  );
  return (
    <Section title={t.state}>
      <Facts
        of={[
          [t.version, server.version],
          [t.listens, <span key="l" className="mono">{`${server.address}:${server.port}`}</span>],
          [t.keyHolder, server.key_holder],
          [t.sandbox, server.sandbox],
          [t.tenants, <Link key="t" href="/tenants">{number(server.tenants)}</Link>],
          [t.devices, <Link key="d" href="/devices">{number(server.devices)}</Link>],
          [t.secrets, number(server.secrets)],
          [t.outbox, <Link key="o" href="/registrars">{number(server.outbox_waiting)}</Link>],
          [t.events, <Link key="e" href="/events">{number(server.events)}</Link>],
          [t.reviewed, <Link key="r" href="/review">{reviewed}</Link>],
        ]}
      />
    </Section>
  );
}

function Doors({ doors }: { doors: Door[] }) {
  const t = useTexts(texts);
  const names: Record<Door['tls'], string> = { modern: t.tls_modern, old: t.tls_old };
  const fields: Field<Door>[] = [
    { id: 'name', head: t.door, bare: true, render: door => <b>{door.name}</b> },
    { id: 'address', head: t.address, render: door => <span className="mono">{`${door.address}:${door.port}`}</span> },
    { id: 'tls', head: t.tls, render: door => names[door.tls] },
    { id: 'vendors', head: t.vendors, wide: true, render: door => (door.vendors.length === 0 ? t.allVendors : door.vendors.join(', ')) },
    { id: 'access', head: t.access, render: door => door.access.join(', ') },
    { id: 'accepted', head: t.accepted, align: 'right', render: door => number(door.counters.accepted ?? 0) },
    { id: 'failed', head: t.failed, align: 'right', from: 'md', render: door => number(door.counters.handshake_failures ?? 0) },
    { id: 'open', head: t.open, align: 'right', from: 'md', render: door => number(door.counters.open ?? 0) },
  ];
  return (
    <Section title={t.doors} note={t.doorsNote} flush>
      <DataTable label={t.doors} fields={fields} rows={doors} rowKey={door => door.name} />
    </Section>
  );
}

function Epoch({ server, onClose }: { server: Server; onClose: (() => void) | null }) {
  const t = useTexts(texts);
  const close = onClose && (
    <Button size="xs" variant="default" onClick={onClose}>
      {t.epochClose}
    </Button>
  );
  return (
    <Section title={t.epoch} note={t.epochNote} actions={close}>
      <Facts
        of={[
          [t.epoch, t.epochNow(server.epoch)],
          [t.epochSince, <Ago key="e" at={server.epoch_started} />],
        ]}
      />
    </Section>
  );
}

function Guard({ counters }: { counters: Record<string, number> }) {
  const t = useTexts(texts);
  const counts = guardCounts(counters);
  return (
    <Section title={t.guard} note={t.guardNote}>
      {counts.length === 0 ? <Empty icon="shieldCheck">{t.guardNone}</Empty> : <Bars label={t.guard} bars={counts.map(([name, count]) => ({ key: name, label: name, count }))} />}
    </Section>
  );
}

function useAct(act: Act | null) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const done = { reload: t.reloaded, epoch: t.epochClosed, release: t.released };
  return async () => {
    if (act === null) return;
    await api.post(paths[act]);
    notifications.show({ message: done[act], color: 'green' });
    await client.invalidateQueries({ queryKey: ['server'] });
  };
}

function Filled({ server, ask }: { server: Server; ask: (act: Act) => void }) {
  const t = useTexts(texts);
  const may = useMay()('platform');
  return (
    <div className={classes.page}>
      {server.expiry_braked && (
        <Note tone="bad" icon="warn" title={t.braked}>
          {t.brakedText}{' '}
          {may && (
            <Button size="compact-xs" variant="default" onClick={() => ask('release')}>
              {t.release}
            </Button>
          )}
        </Note>
      )}
      <div className={classes.pair}>
        <State server={server} />
        <div className={classes.page}>
          <Epoch server={server} onClose={may ? () => ask('epoch') : null} />
          <Guard counters={server.counters} />
        </div>
      </div>
      <Doors doors={server.doors} />
      <Webhooks />
      <div className={classes.pair}>
        <Alerts />
        {may && <Backup />}
      </div>
    </div>
  );
}

export default function ServerPage() {
  const t = useTexts(texts);
  const may = useMay()('platform');
  const [act, setAct] = useState<Act | null>(null);
  const go = useAct(act);
  const query = useQuery({ queryKey: ['server'], queryFn: ({ signal }) => api.get<Server>('/v1/server', {}, signal), refetchInterval: every(10_000) });
  const words = { reload: [t.reloadTitle, t.reload, t.reloadText], epoch: [t.epochTitle, t.epochClose, t.epochText], release: [t.releaseTitle, t.release, t.releaseText] };
  const [title = '', verb = '', text = ''] = act ? words[act] : [];
  return (
    <>
      <PageHead
        title={t.title}
        lead={query.data && t.lead(query.data.version, dateTime(query.data.started))}
        actions={
          may && (
            <Button variant="default" onClick={() => setAct('reload')} leftSection={<Icon name="refresh" size={15} />}>
              {t.reload}
            </Button>
          )
        }
      />
      <Answer of={query} rows={10}>
        {server => <Filled server={server} ask={setAct} />}
      </Answer>
      <Confirm opened={act !== null} title={title} confirm={verb} onClose={() => setAct(null)} onConfirm={go}>
        <Text size="sm">{text}</Text>
      </Confirm>
    </>
  );
}
