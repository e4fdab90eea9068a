import type { EventRow } from '../../api/types';
import { dateTime, time } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { macPairs } from '../../parts/mac';
import type { Column } from '../../parts/VirtualTable';
import { Link } from '../../router/router';
import { EventBadge } from './EventBadge';
import { texts } from './texts';

const today = (at: string) => new Date(at).toDateString() === new Date().toDateString();

export function useEventColumns(hrefOf: (event: EventRow) => string): Column<EventRow>[] {
  const t = useTexts(texts);
  return [
    {
      id: 'time',
      head: t.time,
      width: '84px',
      render: event => (
        <Link className="plain" href={hrefOf(event)} title={dateTime(event.at)}>
          <time dateTime={event.at}>{today(event.at) ? time(event.at) : dateTime(event.at).replace(/,.*/, '')}</time>
        </Link>
      ),
    },
    { id: 'what', head: t.what, width: '170px', render: event => <EventBadge event={event} /> },
    { id: 'device', head: t.device, width: '148px', from: 'sm', render: event => event.device && <Link className="mono" href={`/devices/${event.device}`}>{macPairs(event.device)}</Link> },
    { id: 'from', head: t.from, width: '132px', from: 'md', render: event => <span className="mono">{event.source ?? event.actor ?? ''}</span> },
    { id: 'tenant', head: t.tenant, width: '104px', from: 'lg', render: event => event.tenant ?? '' },
    { id: 'path', head: t.path, render: event => <span title={event.path ?? event.detail}>{event.path ? <span className="mono">{event.path}</span> : (event.detail ?? event.actor ?? '')}</span> },
  ];
}
