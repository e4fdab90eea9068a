// Where somebody else is signed in, and the end of one session or of all.
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Page, api } from '../../api/client';
import type { Person, PersonSession } from '../../api/types';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { DataTable } from '../../parts/DataTable';
import { useFocusBack } from '../../parts/dialog';
import { Empty } from '../../parts/Empty';
import { sessionTexts, useSessionFields } from '../../parts/sessions';
import { showProblem } from '../../parts/showProblem';
import { texts } from './texts';

export function PersonSessions({ person, onClose, onEndAll }: { person: Person; onClose: () => void; onEndAll: () => void }) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const s = useTexts(sessionTexts);
  const client = useQueryClient();
  const key = ['people', person.id, 'sessions'];
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<Page<PersonSession>>(`/v1/people/${person.id}/sessions`, {}, signal) });
  const [busy, setBusy] = useState(false);
  useFocusBack();
  const end = async (id: number) => {
    setBusy(true);
    try {
      await api.remove(`/v1/people/${person.id}/sessions/${id}`);
      notifications.show({ message: s.ended, color: 'green' });
    } catch (problem) {
      showProblem(problem);
    }
    await client.invalidateQueries({ queryKey: key });
    setBusy(false);
  };
  const fields = useSessionFields(id => void end(id), busy);
  return (
    <Modal opened onClose={onClose} title={t.sessionsTitle(person.login)} size="xl" closeButtonProps={{ 'aria-label': c.close }}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t.sessionsLead}
        </Text>
        <Answer of={query}>
          {page =>
            page.items.length === 0 ? (
              <Empty icon="screen">{t.sessionsNone}</Empty>
            ) : (
              <>
                <DataTable label={t.sessions} fields={fields} rows={page.items} rowKey={one => String(one.id)} />
                <Group justify="flex-end">
                  <Button variant="default" onClick={onEndAll}>
                    {t.end}
                  </Button>
                </Group>
              </>
            )
          }
        </Answer>
      </Stack>
    </Modal>
  );
}
