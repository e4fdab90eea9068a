// Who did what, and which secrets went where; and the head that proves it later.
import { Button, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Page, api } from '../../api/client';
import { useSession } from '../../api/session';
import type { AuditEntry } from '../../api/types';
import { dateTime } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { Icon } from '../../parts/icons';
import { Loading } from '../../parts/Loading';
import { macPairs } from '../../parts/mac';
import { PageHead } from '../../parts/PageHead';
import { ProblemNote } from '../../parts/Problem';
import { saveAs } from '../../parts/save';
import { Pill } from '../../parts/State';
import { Link, useQueryState } from '../../router/router';
import { type AuditFilter, filterOf, ndjsonOf, queryOf } from './audit';
import { Filters } from './Filters';
import { Head } from './Head';
import { texts } from './texts';

function useTrail(filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) => api.get<Page<AuditEntry>>('/v1/audit', { ...queryOf(filter), before: pageParam, limit: 100 }, signal),
    initialPageParam: '',
    getNextPageParam: page => page.next || undefined,
    placeholderData: before => before,
  });
}

function useFields(): Field<AuditEntry>[] {
  const t = useTexts(texts);
  return [
    { id: 'number', head: t.number, align: 'right', from: 'lg', render: row => row.seq },
    { id: 'at', head: t.at, render: row => <time dateTime={row.at}>{dateTime(row.at)}</time> },
    { id: 'what', head: t.what, render: row => <Pill tone={row.kind.startsWith('delivery') ? 'good' : 'note'}>{row.kind}</Pill> },
    { id: 'who', head: t.who, render: row => row.actor },
    { id: 'device', head: t.device, render: row => row.device && <Link className="mono" href={`/devices/${row.device}`}>{macPairs(row.device)}</Link> },
    { id: 'tenant', head: t.tenant, render: row => row.tenant && <Link href={`/tenants/${row.tenant}`}>{row.tenant}</Link> },
    { id: 'where', head: t.where, from: 'lg', render: row => row.source && <span className="mono">{row.source}</span> },
    { id: 'detail', head: t.detail, wide: true, render: row => [row.outcome, row.detail].filter(Boolean).join(': ') },
  ];
}

export default function Audit() {
  const t = useTexts(texts);
  const [values, setValues] = useQueryState();
  const filter = useMemo(() => filterOf(values), [values]);
  const query = useTrail(filter);
  const rows = query.data?.pages.flatMap(page => page.items) ?? [];
  const fields = useFields();
  const { role } = useSession().person;
  const filtered = Object.keys(filter).length > 0;
  return (
    <>
      <PageHead
        title={t.title}
        lead={t.lead}
        actions={
          rows.length > 0 && (
            <Button variant="default" leftSection={<Icon name="download" size={15} />} onClick={() => saveAs('provost-audit.ndjson', ndjsonOf(rows), 'application/x-ndjson')}>
              {t.save}
            </Button>
          )
        }
      />
      <Filters filter={filter} onChange={setValues} />
      <div className="panel">
        {query.isPending && (
          <Group p="md" grow>
            <Loading rows={10} />
          </Group>
        )}
        {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
        {query.data && rows.length === 0 && !query.hasNextPage && (
          <Empty icon="book" {...(filtered ? { action: { label: t.clear, href: '/audit' } } : {})}>
            {filtered ? t.emptyFiltered : t.empty}
          </Empty>
        )}
        {rows.length > 0 && <DataTable label={t.title} fields={fields} rows={rows} rowKey={row => String(row.seq)} />}
        {query.data && (
          <Group px="md" py="sm" justify="space-between">
            <Text size="sm" c="dimmed" aria-live="polite">
              {t.loaded(rows.length)}
            </Text>
            {query.hasNextPage && (
              <Button variant="light" size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {t.more}
              </Button>
            )}
          </Group>
        )}
      </div>
      {(role === 'platform' || role === 'auditor') && (
        <Group mt="md" grow>
          <Head />
        </Group>
      )}
    </>
  );
}
