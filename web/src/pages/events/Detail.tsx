// One event in full, at the side: what it means, what to do, and the ways on from here.
import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMay } from '../../api/session';
import type { EventRow } from '../../api/types';
import { common } from '../../i18n/common';
import { dateTime } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { useFocusBack } from '../../parts/dialog';
import { Empty } from '../../parts/Empty';
import { Facts } from '../../parts/Facts';
import { Icon } from '../../parts/icons';
import { macPairs } from '../../parts/mac';
import { said } from '../../parts/rules';
import { Link } from '../../router/router';
import { EventBadge } from './EventBadge';
import { texts } from './texts';

function Words({ event }: { event: EventRow }) {
  const c = useTexts(common);
  if (!event.verdict) return null;
  const words = said(event.rule, { saw: event.verdict, next: event.next_step ?? '' });
  return (
    <div>
      <Text fw={600} size="lg">
        {words.saw}
      </Text>
      {words.next && (
        <Text size="sm">
          <b>{c.howToMend}:</b> {words.next}
        </Text>
      )}
    </div>
  );
}

function Ways({ event }: { event: EventRow }) {
  const t = useTexts(texts);
  const may = useMay();
  return (
    <Group gap="xs">
      {event.device && (
        <>
          <Button component={Link} href={`/devices/${event.device}`} size="xs" leftSection={<Icon name="phone" size={14} />}>
            {t.openDevice}
          </Button>
          <Button component={Link} href={`/events?device=${event.device}`} size="xs" variant="default">
            {t.onlyDevice}
          </Button>
        </>
      )}
      {event.source && (
        <Button component={Link} href={`/events?q=${encodeURIComponent(event.source)}`} size="xs" variant="default">
          {t.onlySource}
        </Button>
      )}
      {event.source && event.refused && may('platform') && (
        <Button component={Link} href={`/bans?network=${encodeURIComponent(event.source)}`} size="xs" variant="default" leftSection={<Icon name="ban" size={14} />}>
          {t.ban}
        </Button>
      )}
    </Group>
  );
}

function Known({ event }: { event: EventRow }) {
  const t = useTexts(texts);
  const mono = (text: string | undefined) => text && <span className="mono">{text}</span>;
  return (
    <Facts
      of={[
        [t.time, dateTime(event.at)],
        event.device && [t.device, <span key="m">{mono(macPairs(event.device))} {event.kind === 'visit' && `(${event.proved ? t.proved : t.claimed})`}</span>],
        event.tenant && [t.tenant, event.tenant],
        event.vendor && [t.vendor, event.vendor],
        event.source && [t.from, mono(event.source)],
        event.actor && [t.person, event.actor],
        event.path && [t.path, mono(`${event.method ?? ''} ${event.path}`.trim())],
        event.detail && [t.detail, event.detail],
        event.user_agent && [t.agent, mono(event.user_agent)],
        event.tls && [t.tls, event.tls],
        event.proof && [t.proof, event.proof],
        event.status && [t.status, `${event.status}${event.micros === undefined ? '' : `, ${t.took(event.micros)}`}`],
        [t.number, event.id],
      ].map(pair => pair as [string, ReactNode] | false)}
    />
  );
}

function Side({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const c = useTexts(common);
  useFocusBack();
  return (
    <Drawer opened onClose={onClose} position="right" size={460} title={title} closeButtonProps={{ 'aria-label': c.close }}>
      {children}
    </Drawer>
  );
}

export function Detail({ event, onClose }: { event: EventRow; onClose: () => void }) {
  const t = useTexts(texts);
  return (
    <Side title={t.eventOf(event.id)} onClose={onClose}>
      <Stack gap="md">
        <div>
          <EventBadge event={event} />
        </div>
        <Words event={event} />
        <Ways event={event} />
        <Known event={event} />
      </Stack>
    </Side>
  );
}

// Events are pruned, links to them stay.
export function Gone({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTexts(texts);
  return (
    <Side title={t.eventOf(id)} onClose={onClose}>
      <Empty icon="pulse" action={{ label: t.toAll, onClick: onClose }}>
        {t.gone}
      </Empty>
    </Side>
  );
}
