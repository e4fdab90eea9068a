// What waits for a second person.
import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Page, api } from '../../api/client';
import { useMay, useSession } from '../../api/session';
import type { PendingCall } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { Confirm } from '../../parts/confirm';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { PageHead } from '../../parts/PageHead';
import { Pill } from '../../parts/State';
import { Ago } from '../../parts/Time';
import { Link } from '../../router/router';
import { texts } from './texts';

type Asked = { how: 'approve' | 'reject'; one: PendingCall };

function useFields(onAsk: (asked: Asked) => void): Field<PendingCall>[] {
  const t = useTexts(texts);
  const may = useMay()('tenant-admin');
  const me = useSession().person;
  const mine = (one: PendingCall) => one.by === me.login || one.by === me.name;
  return [
    { id: 'what', head: t.what, bare: true, render: one => <Pill tone="warn">{one.action}</Pill> },
    {
      id: 'call',
      head: t.call,
      wide: true,
      render: one => (
        <>
          <span className="mono">
            {one.method} {one.path}
          </span>
          {one.body && one.body !== '{}' && (
            <Text size="xs" c="dimmed" lineClamp={2} className="mono">
              {one.body}
            </Text>
          )}
        </>
      ),
    },
    { id: 'reach', head: t.reach, render: one => <>{t.devices(one.devices)} {one.tenant && <Link className="inline" href={`/tenants/${one.tenant}`}>{one.tenant}</Link>}</> },
    { id: 'by', head: t.by, render: one => one.by },
    { id: 'since', head: t.since, render: one => <Ago at={one.asked} /> },
    {
      id: t.approve,
      head: '',
      bare: true,
      align: 'right',
      render: one => may && (
        <Group gap={6} justify="flex-end" wrap="nowrap">
          {!mine(one) && (
            <Button size="compact-xs" onClick={() => onAsk({ how: 'approve', one })} aria-label={`${t.approve}: ${one.action}`}>
              {t.approve}
            </Button>
          )}
          <Button size="compact-xs" variant="default" title={mine(one) ? t.own : undefined} onClick={() => onAsk({ how: 'reject', one })} aria-label={`${t.reject}: ${one.action}`}>
            {mine(one) ? t.withdraw : t.reject}
          </Button>
        </Group>
      ),
    },
  ];
}

export default function Approvals() {
  const t = useTexts(texts);
  const client = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const query = useQuery({ queryKey: ['approvals'], queryFn: ({ signal }) => api.get<Page<PendingCall>>('/v1/approvals', {}, signal), refetchInterval: 20_000 });
  const fields = useFields(setAsked);
  const go = async () => {
    if (asked?.how === 'approve') await api.post(`/v1/approvals/${asked.one.id}/approve`);
    else await api.remove(`/v1/approvals/${asked?.one.id}`);
    notifications.show({ message: asked?.how === 'approve' ? t.done : t.dropped, color: 'green' });
    await client.invalidateQueries();
  };
  const approving = asked?.how === 'approve';
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      <div className="panel">
        <Answer of={query} padded>
          {page => (page.items.length === 0 ? <Empty icon="check">{t.empty}</Empty> : <DataTable label={t.title} fields={fields} rows={page.items} rowKey={one => String(one.id)} />)}
        </Answer>
      </div>
      <Confirm opened={asked !== null} danger={!approving} title={approving ? t.approveTitle : t.rejectTitle} confirm={approving ? t.approve : t.reject} onClose={() => setAsked(null)} onConfirm={go}>
        <Text size="sm">{approving ? t.approveText(asked?.one.by ?? '') : t.rejectText}</Text>
      </Confirm>
    </>
  );
}
