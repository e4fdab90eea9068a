import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { every } from '../../api/again';
import { type Page, api } from '../../api/client';
import { useMay } from '../../api/session';
import type { Webhook, WebhookTest } from '../../api/types';
import { number } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { Section } from '../../parts/Section';
import { showProblem } from '../../parts/showProblem';
import { Pill } from '../../parts/State';
import { Ago } from '../../parts/Time';
import { texts } from './texts';

function useTest() {
  const t = useTexts(texts);
  const client = useQueryClient();
  const [busy, setBusy] = useState('');
  const test = async (name: string) => {
    setBusy(name);
    try {
      await api.post<WebhookTest>(`/v1/webhooks/${encodeURIComponent(name)}/test`);
      notifications.show({ message: t.hookTested(name), color: 'green' });
      await client.invalidateQueries({ queryKey: ['webhooks'] });
    } catch (problem) {
      showProblem(problem);
    }
    setBusy('');
  };
  return { busy, test };
}

export function Webhooks() {
  const t = useTexts(texts);
  const may = useMay()('platform');
  const { busy, test } = useTest();
  const query = useQuery({ queryKey: ['webhooks'], queryFn: ({ signal }) => api.get<Page<Webhook>>('/v1/webhooks', {}, signal), refetchInterval: every(10_000) });
  const fields: Field<Webhook>[] = [
    { id: 'name', head: t.hook, bare: true, render: one => <b>{one.name}</b> },
    { id: 'target', head: t.target, wide: true, render: one => one.target },
    { id: 'events', head: t.hookEvents, wide: true, render: one => [one.tenant && `${one.tenant}:`, one.events.join(', ')].filter(Boolean).join(' ') },
    { id: 'sent', head: t.sent, align: 'right', render: one => number(one.sent) },
    { id: 'behind', head: t.behind, align: 'right', render: one => number(one.behind) },
    { id: 'waiting', head: t.waitingSince, render: one => one.waiting_since && <Ago at={one.waiting_since} /> },
    { id: 'trouble', head: t.trouble, wide: true, render: one => (one.trouble ? <Pill tone="bad">{one.trouble}</Pill> : one.answered && <Pill tone="good">{t.works}</Pill>) },
    {
      id: 'test',
      head: '',
      bare: true,
      render: one =>
        may && (
          <Button size="compact-xs" variant="default" loading={busy === one.name} onClick={() => void test(one.name)}>
            {t.test}
          </Button>
        ),
    },
  ];
  return (
    <Section title={t.hooks} note={t.hooksNote} flush>
      <Answer of={query} padded rows={2}>
        {page => (page.items.length === 0 ? <Empty icon="bell">{t.hooksNone}</Empty> : <DataTable label={t.hooks} fields={fields} rows={page.items} rowKey={one => one.name} />)}
      </Answer>
    </Section>
  );
}
