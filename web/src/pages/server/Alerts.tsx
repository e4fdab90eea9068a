import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { every } from '../../api/again';
import { type Page, api } from '../../api/client';
import { useMay } from '../../api/session';
import type { AlertTarget, AlertTest } from '../../api/types';
import { number } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { Section } from '../../parts/Section';
import { showProblem } from '../../parts/showProblem';
import { Pill } from '../../parts/State';
import { texts } from './texts';

export function Alerts() {
  const t = useTexts(texts);
  const may = useMay()('platform');
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const query = useQuery({ queryKey: ['alerts'], queryFn: ({ signal }) => api.get<Page<AlertTarget>>('/v1/alerts', {}, signal), refetchInterval: every(10_000) });
  const test = async () => {
    setBusy(true);
    try {
      const { targets } = await api.post<AlertTest>('/v1/alerts/test');
      notifications.show({ message: t.tested(targets), color: 'green' });
      await client.invalidateQueries({ queryKey: ['alerts'] });
    } catch (problem) {
      showProblem(problem);
    }
    setBusy(false);
  };
  const fields: Field<AlertTarget>[] = [
    { id: 'target', head: t.target, wide: true, render: one => one.target },
    { id: 'sent', head: t.sent, align: 'right', render: one => number(one.sent) },
    { id: 'failed', head: t.notSent, align: 'right', render: one => number(one.failed) },
    { id: 'waiting', head: t.waiting, align: 'right', render: one => number(one.waiting) },
    { id: 'trouble', head: t.trouble, wide: true, render: one => (one.trouble ? <Pill tone="bad">{one.trouble}</Pill> : one.sent > 0 && <Pill tone="good">{t.works}</Pill>) },
  ];
  const send = may && query.data && query.data.items.length > 0 && (
    <Button size="xs" variant="default" loading={busy} onClick={() => void test()}>
      {t.test}
    </Button>
  );
  return (
    <Section title={t.alerts} note={t.alertsNote} actions={send} flush>
      <Answer of={query} padded rows={2}>
        {page => (page.items.length === 0 ? <Empty icon="bell">{t.alertsNone}</Empty> : <DataTable label={t.alerts} fields={fields} rows={page.items} rowKey={one => one.target} />)}
      </Answer>
    </Section>
  );
}
