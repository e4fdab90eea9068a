// Contacts, newest first: what happened in words, and on demand what was on the wire.
import { Box, Collapse, Group, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { EventRow } from '../../api/types';
import { dateTime } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Empty } from '../../parts/Empty';
import { Icon } from '../../parts/icons';
import { said } from '../../parts/rules';
import { Pill } from '../../parts/State';
import { Ago } from '../../parts/Time';
import { texts } from './texts';
import classes from './Timeline.module.css';

function wire(contact: EventRow, t: ReturnType<typeof useTexts<(typeof texts)['en']>>): [string, string][] {
  const rows: [string, string | undefined][] = [
    [t.when, dateTime(contact.at)],
    [t.request, contact.path && `${contact.method ?? ''} ${contact.path}`],
    [t.answer, contact.status ? String(contact.status) : undefined],
    [t.client, contact.user_agent],
    [t.tls, contact.tls],
    [t.proof, contact.proof],
    [t.more, contact.detail],
    [t.by, contact.actor],
    [t.rule, contact.rule],
  ];
  return rows.filter((row): row is [string, string] => Boolean(row[1]));
}

function Contact({ contact }: { contact: EventRow }) {
  const t = useTexts(texts);
  const [open, setOpen] = useState(false);
  const { saw } = said(contact.rule, { saw: contact.verdict ?? contact.kind, next: contact.next_step ?? '' });
  const words = contact.verdict ? saw : [contact.kind, contact.detail].filter(Boolean).join(': ');
  return (
    <li className={classes.item} data-refused={contact.refused ? 'true' : undefined} data-quiet={contact.rule ? undefined : 'true'}>
      <UnstyledButton className={classes.head} onClick={() => setOpen(!open)} aria-expanded={open}>
        <Box flex={1} miw={0}>
          <Text span fw={contact.refused ? 600 : 500}>
            {words}
          </Text>{' '}
          {contact.refused && <Pill tone="bad">{t.refused}</Pill>}
          <Group gap={6} c="dimmed" fz="xs" wrap="wrap">
            <Ago at={contact.at} />
            {contact.source && <span>{t.from(contact.source)}</span>}
            {contact.path && <span className={`mono ${classes.path ?? ''}`}>{contact.path}</span>}
          </Group>
        </Box>
        <Icon name={open ? 'down' : 'right'} size={14} />
      </UnstyledButton>
      <Collapse expanded={open}>
        <dl className={classes.wire}>
          {wire(contact, t).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="mono">{value}</dd>
            </div>
          ))}
        </dl>
      </Collapse>
    </li>
  );
}

export function Timeline({ contacts }: { contacts: EventRow[] }) {
  const t = useTexts(texts);
  if (contacts.length === 0) return <Empty icon="clock">{t.noContacts}</Empty>;
  return (
    <ol className={classes.list}>
      {contacts.map(contact => (
        <Contact key={contact.id} contact={contact} />
      ))}
    </ol>
  );
}
