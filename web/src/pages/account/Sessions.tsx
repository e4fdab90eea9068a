import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { api } from '../../api/client';
import { useTexts } from '../../i18n/texts';
import { DataTable } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { Loading } from '../../parts/Loading';
import { ProblemNote } from '../../parts/Problem';
import { Section } from '../../parts/Section';
import { sessionTexts, useSessionFields } from '../../parts/sessions';
import { showProblem } from '../../parts/showProblem';
import { useAccountChanged, useMySessions } from './data';
import { texts } from './texts';

export function Sessions() {
  const t = useTexts(texts);
  const list = useMySessions();
  const changed = useAccountChanged();
  const s = useTexts(sessionTexts);
  const [busy, setBusy] = useState(false);
  const end = async (id: number) => {
    setBusy(true);
    try {
      await api.remove(`/v1/me/sessions/${id}`);
      notifications.show({ message: s.ended, color: 'green' });
    } catch (problem) {
      showProblem(problem);
    }
    await changed();
    setBusy(false);
  };
  const fields = useSessionFields(id => void end(id), busy);
  return (
    <Section title={t.sessions} note={t.sessionsLead} flush>
      {list.isError && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Loading rows={3} />}
      {list.data?.items.length === 0 && <Empty icon="screen">{t.noSessions}</Empty>}
      {list.data && list.data.items.length > 0 && <DataTable label={t.sessions} fields={fields} rows={list.data.items} rowKey={one => String(one.id)} />}
    </Section>
  );
}
