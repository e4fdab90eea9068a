import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { api } from '../../api/client';
import type { OwnSession } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { browserName } from '../../parts/browserName';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { Loading } from '../../parts/Loading';
import { ProblemNote } from '../../parts/Problem';
import { showProblem } from '../../parts/showProblem';
import { Section } from '../../parts/Section';
import { Pill } from '../../parts/State';
import { Ago } from '../../parts/Time';
import { useAccountChanged, useMySessions } from './data';
import { texts } from './texts';

function useFields(end: (id: number) => void): Field<OwnSession>[] {
  const t = useTexts(texts);
  return [
    {
      id: 'browser',
      head: t.browser,
      render: one => (
        <span title={one.agent}>
          {browserName(one.agent)} {one.current && <Pill tone="good">{t.thisOne}</Pill>}
        </span>
      ),
    },
    { id: 'from', head: t.from, render: one => <span className="mono">{one.source}</span> },
    { id: 'since', head: t.since, render: one => <Ago at={one.created} /> },
    { id: 'seen', head: t.seen, render: one => <Ago at={one.used} /> },
    {
      id: 'end',
      head: '',
      bare: true,
      align: 'right',
      render: one =>
        !one.current && (
          <Button size="compact-xs" variant="default" onClick={() => end(one.id)}>
            {t.end}
          </Button>
        ),
    },
  ];
}

export function Sessions() {
  const t = useTexts(texts);
  const list = useMySessions();
  const changed = useAccountChanged();
  const end = async (id: number) => {
    try {
      await api.remove(`/v1/me/sessions/${id}`);
      notifications.show({ message: t.ended, color: 'green' });
    } catch (problem) {
      showProblem(problem);
    }
    await changed();
  };
  const fields = useFields(id => void end(id));
  return (
    <Section title={t.sessions} note={t.sessionsLead} flush>
      {list.isError && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Loading rows={3} />}
      {list.data?.items.length === 0 && <Empty icon="screen">{t.noSessions}</Empty>}
      {list.data && list.data.items.length > 0 && <DataTable label={t.sessions} fields={fields} rows={list.data.items} rowKey={one => String(one.id)} />}
    </Section>
  );
}
