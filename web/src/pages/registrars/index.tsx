// Registrars: whether they answer, what waits for them, and whether they have what they were told.
import { Button, Group, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { every } from '../../api/again';
import { type Page, api } from '../../api/client';
import { useMay } from '../../api/session';
import type { Registrar, Replay, Server } from '../../api/types';
import { number } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { Empty } from '../../parts/Empty';
import { Facts } from '../../parts/Facts';
import { Note } from '../../parts/Note';
import { PageHead } from '../../parts/PageHead';
import { Section } from '../../parts/Section';
import { showProblem } from '../../parts/showProblem';
import { Pill } from '../../parts/State';
import { Ago } from '../../parts/Time';
import { Compare } from './Compare';
import { RefusedAccounts } from './RefusedAccounts';
import { texts } from './texts';

function State({ one }: { one: Registrar }) {
  const t = useTexts(texts);
  if (one.state === 'well') return <Pill tone="good">{t.s_well}</Pill>;
  return one.state === 'away' ? <Pill tone="bad">{t.s_away}</Pill> : <Pill tone="note">{t.s_new}</Pill>;
}

function Actions({ one, onCompare }: { one: Registrar; onCompare: () => void }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const replay = async () => {
    try {
      const { entries } = await api.post<Replay>(`/v1/registrars/${encodeURIComponent(one.name)}/replay`);
      notifications.show({ message: t.replayed(entries), color: 'green' });
      await client.invalidateQueries({ queryKey: ['registrars'] });
    } catch (problem) {
      showProblem(problem);
    }
  };
  return (
    <Group gap="xs" wrap="nowrap">
      <Button size="xs" variant="default" title={t.replayHint} onClick={() => void replay()}>
        {t.replay}
      </Button>
      {one.lists_accounts && (
        <Button size="xs" variant="default" title={t.checkHint} onClick={onCompare}>
          {t.check}
        </Button>
      )}
    </Group>
  );
}

function Card({ one }: { one: Registrar }) {
  const t = useTexts(texts);
  const may = useMay()('platform');
  const [comparing, setComparing] = useState(false);
  return (
    <Section title={one.name} note={<State one={one} />} actions={may && <Actions one={one} onCompare={() => setComparing(true)} />}>
      <Facts
        of={[
          [t.kind, one.kind],
          one.trouble !== '' && [t.trouble, one.trouble],
          one.away_since !== undefined && [t.awaySince, <Ago key="a" at={one.away_since} />],
          [t.waiting, number(one.waiting)],
          one.oldest !== undefined && [t.oldest, <Ago key="o" at={one.oldest} />],
          [t.refused, number(one.refused)],
          [t.told, number(one.told)],
          [t.failures, number(one.failures)],
          one.tells_registrations && [t.confirmed, number(one.confirmed)],
          [t.answered, <Ago key="l" at={one.answered} />],
        ]}
      />
      {one.refused > 0 && <RefusedAccounts name={one.name} />}
      {comparing && <Compare name={one.name} onClose={() => setComparing(false)} />}
    </Section>
  );
}

function Nothing() {
  const t = useTexts(texts);
  const server = useQuery({ queryKey: ['server'], queryFn: ({ signal }) => api.get<Server>('/v1/server', {}, signal), retry: false });
  const waiting = server.data?.outbox_waiting ?? 0;
  return (
    <div className="panel">
      <Empty icon="server">
        {t.empty} {t.docs}
      </Empty>
      {waiting > 0 && <Note icon="clock">{t.outbox(waiting)}</Note>}
    </div>
  );
}

export default function Registrars() {
  const t = useTexts(texts);
  const query = useQuery({ queryKey: ['registrars'], queryFn: ({ signal }) => api.get<Page<Registrar>>('/v1/registrars', {}, signal), refetchInterval: every(10_000) });
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      <Answer of={query}>
        {page =>
          page.items.length === 0 ? (
            <Nothing />
          ) : (
            <Stack gap="sm">
              {page.items.map(one => (
                <Card key={one.name} one={one} />
              ))}
            </Stack>
          )
        }
      </Answer>
    </>
  );
}
