import { Button, Table } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { api } from '../../api/client';
import { useTexts } from '../../i18n/texts';
import { browserName } from '../../parts/browserName';
import { Empty } from '../../parts/Empty';
import { Loading } from '../../parts/Loading';
import { ProblemNote } from '../../parts/Problem';
import { showProblem } from '../../parts/showProblem';
import { Section } from '../../parts/Section';
import { Pill } from '../../parts/State';
import { Ago } from '../../parts/Time';
import { useAccountChanged, useMySessions } from './data';
import { texts } from './texts';

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
  return (
    <Section title={t.sessions} note={t.sessionsLead} flush>
      {list.isError && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Loading rows={3} />}
      {list.data?.items.length === 0 && <Empty icon="screen">{t.noSessions}</Empty>}
      {list.data && list.data.items.length > 0 && (
        <Table.ScrollContainer minWidth={460}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t.browser}</Table.Th>
                <Table.Th>{t.from}</Table.Th>
                <Table.Th>{t.since}</Table.Th>
                <Table.Th>{t.seen}</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.data.items.map(one => (
                <Table.Tr key={one.id}>
                  <Table.Td title={one.agent}>
                    {browserName(one.agent)} {one.current && <Pill tone="good">{t.thisOne}</Pill>}
                  </Table.Td>
                  <Table.Td className="mono">{one.source}</Table.Td>
                  <Table.Td>
                    <Ago at={one.created} />
                  </Table.Td>
                  <Table.Td>
                    <Ago at={one.used} />
                  </Table.Td>
                  <Table.Td ta="right">
                    {!one.current && (
                      <Button size="compact-xs" variant="default" onClick={() => void end(one.id)}>
                        {t.end}
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Section>
  );
}
