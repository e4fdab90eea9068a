// Long work: imports and staged resyncs.
import { Button, Progress, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { every } from '../../api/again';
import { api } from '../../api/client';
import { useMay } from '../../api/session';
import { countdown } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { Confirm } from '../../parts/confirm';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { Note } from '../../parts/Note';
import { PageHead } from '../../parts/PageHead';
import { Pill, type Tone } from '../../parts/State';
import { Ago } from '../../parts/Time';
import { Link } from '../../router/router';
import { texts } from './texts';
import { type Work, loadWork } from './work';

const tones: Record<string, Tone> = { running: 'warn', applying: 'warn', checking: 'warn', done: 'good', failed: 'bad', interrupted: 'bad' };
type State = 'running' | 'done' | 'cancelled' | 'failed' | 'checking' | 'checked' | 'applying' | 'interrupted';

function HowFar({ work }: { work: Work }) {
  const t = useTexts(texts);
  const words = work.kind === 'resync' ? t.of(work.done, work.total) : t.ofRows(work.done, work.total);
  return (
    <>
      {work.cancel !== null && <Progress value={(work.done / Math.max(1, work.total)) * 100} aria-label={words} mb={3} maw={180} />}
      <Text span size="sm">
        {words}
        {work.left !== null && work.cancel !== null && `, ${t.left(countdown(work.left))}`}
      </Text>
    </>
  );
}

function Result({ work }: { work: Work }) {
  const t = useTexts(texts);
  const { resync } = work;
  if (!resync) return <>{work.message}</>;
  const more = [resync.reboot ? t.reboot : '', resync.window ? t.window(resync.window) : ''].filter(Boolean).join(', ');
  return (
    <>
      {t.took(resync.took_it, resync.did_not)} {more && `(${more})`} {resync.did_not > 0 && <Link className="inline" href="/events?kind=device.resync">{t.didNot}</Link>}
    </>
  );
}

function useFields(onCancel: ((work: Work) => void) | null): Field<Work>[] {
  const t = useTexts(texts);
  return [
    { id: 'what', head: t.what, bare: true, render: work => <>{t[`kind_${work.kind}`]} <Pill tone={tones[work.state] ?? 'note'}>{t[`s_${work.state as State}`] ?? work.state}</Pill></> },
    { id: 'scope', head: t.scope, wide: true, render: work => (work.href ? <Link className="inline" href={work.href}>{work.scope}</Link> : work.scope) },
    { id: 'progress', head: t.progress, render: work => <HowFar work={work} /> },
    { id: 'result', head: t.result, wide: true, render: work => <Result work={work} /> },
    { id: 'by', head: t.by, from: 'lg', render: work => work.by },
    { id: 'begun', head: t.begun, render: work => <Ago at={work.begun} /> },
    {
      id: t.cancel,
      head: '',
      bare: true,
      align: 'right',
      render: work => onCancel && work.cancel !== null && (
        <Button size="compact-xs" variant="default" onClick={() => onCancel(work)} aria-label={`${t.cancel}: ${work.scope}`}>
          {t.cancel}
        </Button>
      ),
    },
  ];
}

export default function LongWork() {
  const t = useTexts(texts);
  const may = useMay()('tenant-admin');
  const client = useQueryClient();
  const [cancelling, setCancelling] = useState<Work | null>(null);
  const query = useQuery({
    queryKey: ['resyncs'],
    queryFn: ({ signal }) => loadWork(signal),
    refetchInterval: query => every(query.state.data?.work.some(work => work.cancel !== null) ? 1500 : 15_000)(query),
  });
  const fields = useFields(may ? setCancelling : null);
  const cancel = async () => {
    await api.remove(cancelling?.cancel ?? '');
    notifications.show({ message: t.cancelled, color: 'green' });
    await client.invalidateQueries({ queryKey: ['resyncs'] });
  };
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      <div className="panel">
        <Answer of={query} padded>
          {({ work, noWay }) => (
            <>
              {noWay && <Note>{t.noWay}</Note>}
              {work.length > 0 && <DataTable label={t.title} fields={fields} rows={work} rowKey={one => one.id} />}
              {work.length === 0 && !noWay && (
                <Empty icon="refresh" action={{ label: t.toTenants, href: '/tenants' }}>
                  {t.empty}
                </Empty>
              )}
            </>
          )}
        </Answer>
      </div>
      <Confirm opened={cancelling !== null} title={t.cancelTitle} confirm={t.cancel} onClose={() => setCancelling(null)} onConfirm={cancel}>
        <Text size="sm">{t.cancelText}</Text>
      </Confirm>
    </>
  );
}
