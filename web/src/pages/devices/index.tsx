// All devices that one may see: filters in the address, rows as they are needed, actions on many.
import { Button } from '@mantine/core';
import { Suspense, lazy, useCallback, useMemo, useState } from 'react';
import { useMay } from '../../api/session';
import { useTexts } from '../../i18n/texts';
import { Empty } from '../../parts/Empty';
import { Loading } from '../../parts/Loading';
import { PageHead } from '../../parts/PageHead';
import { ProblemNote } from '../../parts/Problem';
import { VirtualTable } from '../../parts/VirtualTable';
import { Icon } from '../../parts/icons';
import { Link, useQueryState } from '../../router/router';
import { BulkBar } from './BulkBar';
import { useColumns } from './columns';
import { Filters } from './Filters';
import { filterNames, filterOf, sortOf, useDevices } from './list';
import { texts } from './texts';

const AddDevice = lazy(() => import('./AddDevice'));

const nobody: ReadonlySet<string> = new Set();
const ignore = () => undefined;

// What was chosen from one list is not chosen from another: links and Back change the filter too, and the page stays.
function useSelection(list: string, macs: string[], total: number | undefined) {
  const [chosen, setChosen] = useState(nobody);
  const [allMatching, setAllMatching] = useState(false);
  const [from, setFrom] = useState(list);
  if (from !== list) {
    setFrom(list);
    setAllMatching(false);
    setChosen(nobody);
  }
  const toggle = useCallback((mac: string) => {
    setAllMatching(false);
    setChosen(before => {
      const next = new Set(before);
      if (!next.delete(mac)) next.add(mac);
      return next;
    });
  }, []);
  const clear = useCallback(() => {
    setAllMatching(false);
    setChosen(nobody);
  }, []);
  const toggleAll = useCallback(() => {
    setAllMatching(false);
    setChosen(before => (macs.every(mac => before.has(mac)) ? nobody : new Set(macs)));
  }, [macs]);
  const chooseMatching = useCallback(() => {
    setChosen(new Set(macs));
    setAllMatching(true);
  }, [macs]);
  const count = allMatching ? (total ?? chosen.size) : chosen.size;
  return { choice: { chosen, allMatching, count }, toggle, toggleAll, clear, chooseMatching };
}

export default function Devices() {
  const t = useTexts(texts);
  const may = useMay();
  const [values, setValues] = useQueryState();
  const filter = useMemo(() => filterOf(values), [values]);
  const filtered = Object.keys(filter).length > 0;
  const list = JSON.stringify(filter);
  const sort = sortOf(values);
  const { query, rows, total } = useDevices(filter, sort);
  const macs = useMemo(() => rows.map(device => device.mac), [rows]);
  const selection = useSelection(list, macs, total);
  const [adding, setAdding] = useState(false);
  const columns = useColumns();
  const { fetchNextPage, hasNextPage, isFetchingNextPage, isPlaceholderData: stale } = query; // stale: of the filter before
  const onNearEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const change = (next: Record<string, string | null>) => {
    selection.clear();
    setValues(next);
  };
  const count = total ?? rows.length;
  return (
    <>
      <PageHead
        title={t.title}
        lead={query.data && (filtered ? t.leadFiltered(count) : t.lead(count))}
        actions={
          may('tenant-admin') && (
            <>
              <Button component={Link} href="/import" variant="default" leftSection={<Icon name="upload" size={16} />}>
                {t.import}
              </Button>
              <Button onClick={() => setAdding(true)} leftSection={<Icon name="plus" size={16} />}>
                {t.add}
              </Button>
            </>
          )
        }
      />
      <Filters filter={filter} onChange={change} />
      {!stale && <BulkBar key={list} choice={selection.choice} filter={filter} total={total} onChooseMatching={selection.chooseMatching} onClear={selection.clear} />}
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading rows={12} height={26} />}
      {query.data && rows.length === 0 && (
        <div className="panel">
          {filtered ? (
            <Empty icon="search" action={{ label: t.clearFilter, onClick: () => change(Object.fromEntries(filterNames.map(name => [name, null]))) }}>
              {t.emptyFiltered}
            </Empty>
          ) : (
            <Empty icon="phone" action={{ label: t.import, href: '/import' }}>
              {t.emptyAll}
            </Empty>
          )}
        </div>
      )}
      {rows.length > 0 && (
        <VirtualTable
          label={t.title}
          columns={columns}
          rows={rows}
          rowKey={device => device.mac}
          rowHref={device => `/devices/${device.mac}`}
          total={total}
          sort={{ by: sort, onSort: next => change({ sort: next }) }}
          onNearEnd={onNearEnd}
          selection={{
            chosen: selection.choice.chosen,
            toggle: stale ? ignore : selection.toggle,
            toggleAll: stale ? ignore : selection.toggleAll,
            labels: { row: t.choose, all: t.chooseAll },
          }}
        />
      )}
      {adding && (
        <Suspense fallback={null}>
          <AddDevice onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </>
  );
}
