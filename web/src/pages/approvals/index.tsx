// What waits for a second person.
import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { every } from '../../api/again';
import { type Page, api } from '../../api/client';
import { useMay, useSession } from '../../api/session';
import type { PendingCall } from '../../api/types';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { PageHead } from '../../parts/PageHead';
import { Ago } from '../../parts/Time';
import { Link } from '../../router/router';
import { type Asked, Dialog } from './Dialog';
import { texts } from './texts';
import { useDoes } from './words';

// What tells it from others of its kind, in a line.
function about(one: PendingCall): string {
  const certificate = one.certificates[0];
  if (!certificate) return one.reason || `${one.method} ${one.path}`;
  const vendor = certificate.vendor ? `${certificate.vendor}, ${certificate.anchor}: ` : '';
  return `${vendor}${certificate.subject}`;
}

function Buttons({ one, onAsk }: { one: PendingCall; onAsk: (asked: Asked) => void }) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const may = useMay()('tenant-admin');
  const me = useSession().person;
  const does = useDoes();
  const mine = one.by === me.login || one.by === me.name;
  const name = (verb: string) => `${verb}: ${does(one)}`;
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      <Button size="compact-xs" variant="subtle" onClick={() => onAsk({ how: 'look', one })} aria-label={name(c.details)}>
        {c.details}
      </Button>
      {may && !mine && (
        <Button size="compact-xs" onClick={() => onAsk({ how: 'approve', one })} aria-label={name(t.approve)}>
          {t.approve}
        </Button>
      )}
      {may && (
        <Button size="compact-xs" variant="default" title={mine ? t.own : undefined} onClick={() => onAsk({ how: mine ? 'withdraw' : 'reject', one })} aria-label={name(mine ? t.withdraw : t.reject)}>
          {mine ? t.withdraw : t.reject}
        </Button>
      )}
    </Group>
  );
}

function useFields(onAsk: (asked: Asked) => void): Field<PendingCall>[] {
  const t = useTexts(texts);
  const does = useDoes();
  return [
    {
      id: 'what',
      head: t.what,
      wide: true,
      bare: true,
      render: one => (
        <>
          <Text fw={600} size="sm">
            {does(one)}
          </Text>
          <Text size="xs" c="dimmed" lineClamp={2}>
            {about(one)}
          </Text>
        </>
      ),
    },
    { id: 'reach', head: t.reach, render: one => <>{t.devices(one.devices)} {one.tenant && <Link className="inline" href={`/tenants/${one.tenant}`}>{one.tenant}</Link>}</> },
    { id: 'by', head: t.by, render: one => one.by },
    { id: 'since', head: t.since, render: one => <Ago at={one.asked} /> },
    { id: t.approve, head: '', bare: true, align: 'right', render: one => <Buttons one={one} onAsk={onAsk} /> },
  ];
}

export default function Approvals() {
  const t = useTexts(texts);
  const [asked, setAsked] = useState<Asked | null>(null);
  const query = useQuery({ queryKey: ['approvals'], queryFn: ({ signal }) => api.get<Page<PendingCall>>('/v1/approvals', {}, signal), refetchInterval: every(20_000) });
  const fields = useFields(setAsked);
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      <div className="panel">
        <Answer of={query} padded>
          {page => (page.items.length === 0 ? <Empty icon="check">{t.empty}</Empty> : <DataTable label={t.title} fields={fields} rows={page.items} rowKey={one => String(one.id)} />)}
        </Answer>
      </div>
      {asked !== null && <Dialog asked={asked} onClose={() => setAsked(null)} />}
    </>
  );
}
