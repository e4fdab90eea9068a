// Where somebody is signed in, oneself or another: a row each, with the button that ends it.
import { Button } from '@mantine/core';
import type { OwnSession, PersonSession } from '../api/types';
import { defineTexts, useTexts } from '../i18n/texts';
import { browserName } from './browserName';
import type { Field } from './DataTable';
import { Pill } from './State';
import { Ago } from './Time';

export const sessionTexts = defineTexts({
  en: { browser: 'Browser', thisOne: 'this one', from: 'From', since: 'Since', used: 'Last used', end: 'End', ended: 'The session has ended' },
  de: { browser: 'Browser', thisOne: 'diese', from: 'Von', since: 'Seit', used: 'Zuletzt benutzt', end: 'Beenden', ended: 'Die Sitzung ist beendet' },
});

type Row = PersonSession & Partial<Pick<OwnSession, 'current'>>;

// The one that asks has no button: signing out is elsewhere.
export function useSessionFields(end: (id: number) => void, busy: boolean): Field<Row>[] {
  const t = useTexts(sessionTexts);
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
    { id: 'used', head: t.used, render: one => <Ago at={one.used} /> },
    {
      id: t.end,
      head: '',
      bare: true,
      align: 'right',
      render: one =>
        !one.current && (
          <Button size="compact-xs" variant="default" disabled={busy} onClick={() => end(one.id)} aria-label={`${t.end}: ${browserName(one.agent)}, ${one.source}`}>
            {t.end}
          </Button>
        ),
    },
  ];
}
