// Events as they happen: filters in the address, pause, and each event in full at the side.
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { EventRow } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Empty } from '../../parts/Empty';
import { Icon } from '../../parts/icons';
import { Loading } from '../../parts/Loading';
import { PageHead } from '../../parts/PageHead';
import { ProblemNote } from '../../parts/Problem';
import { VirtualTable } from '../../parts/VirtualTable';
import { useQueryState } from '../../router/router';
import { useEventColumns } from './columns';
import { Detail, Gone } from './Detail';
import { Filters } from './Filters';
import { LineState } from './LineState';
import { filterOf, fits } from './live';
import { texts } from './texts';
import { useEvent } from './useEvent';
import { useFeed } from './useFeed';

const distinct = (values: (string | undefined)[], chosen: string) => [...new Set([...values.filter(value => value !== undefined && value !== ''), chosen])].filter(Boolean).toSorted() as string[];

function useLink(values: Record<string, string>) {
  return (event: EventRow) => `/events?${new URLSearchParams({ ...values, event: String(event.id) }).toString()}`;
}

export default function Events() {
  const t = useTexts(texts);
  const [values, setValues] = useQueryState();
  const filter = useMemo(() => filterOf(values), [values]);
  const { feed, error, toggle, retry } = useFeed(filter);
  const rows = useMemo(() => feed.rows.filter(row => fits(row, filter)), [feed.rows, filter]);
  const hrefOf = useLink(values);
  const columns = useEventColumns(hrefOf);
  const chosen = useEvent(values.event, feed.rows);
  const close = () => setValues({ event: null });
  const filtered = Object.values(filter).some(Boolean);
  const begun = feed.line !== 'connecting' || feed.rows.length > 0;
  return (
    <>
      <PageHead
        title={t.title}
        lead={t.lead}
        actions={
          <>
            <LineState feed={feed} />
            <Button variant="default" size="xs" onClick={toggle} leftSection={<Icon name={feed.paused ? 'play' : 'pause'} size={14} />} aria-pressed={feed.paused}>
              {feed.paused ? t.resume(feed.held.length) : t.pause}
            </Button>
          </>
        }
      />
      <Filters filter={filter} kinds={distinct(feed.rows.map(row => row.kind), filter.kind)} rules={distinct(feed.rows.map(row => row.rule), filter.rule)} onChange={setValues} />
      {error !== null && <ProblemNote error={error} onRetry={retry} />}
      {error === null && !begun && <Loading rows={12} height={24} />}
      {error === null && begun && rows.length === 0 && (
        <div className="panel">
          <Empty icon="pulse" {...(filtered ? { action: { label: t.clearFilter, href: '/events' } } : {})}>
            {filtered ? t.emptyFiltered : t.emptyAll}
          </Empty>
        </div>
      )}
      {rows.length > 0 && (
        <VirtualTable label={t.title} columns={columns} rows={rows} rowKey={event => String(event.id)} rowHref={hrefOf} rowTone={event => (event.refused ? 'bad' : undefined)} rowHeight={34} total={rows.length} />
      )}
      {chosen && <Detail event={chosen} onClose={close} />}
      {chosen === null && <Gone id={values.event ?? ''} onClose={close} />}
    </>
  );
}
