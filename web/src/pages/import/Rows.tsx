// The rows by what they come to: ready, with a warning, to mend.
import { Button, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { ImportReport, ImportRow, ImportRows } from '../../api/types';
import { number } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { DataTable, type Field } from '../../parts/DataTable';
import { Loading } from '../../parts/Loading';
import { macPairs } from '../../parts/mac';
import { ProblemNote } from '../../parts/Problem';
import { Section } from '../../parts/Section';
import { rowTexts } from './row-texts';

function useRows(id: string, state: 'ready' | 'warning') {
  return useInfiniteQuery({
    queryKey: ['import-rows', id, state],
    queryFn: ({ pageParam, signal }) => api.get<ImportRows>(`/v1/imports/${id}/rows`, { state, after: pageParam, limit: 100 }, signal),
    initialPageParam: 0,
    getNextPageParam: page => page.next ?? undefined,
  });
}

function RowList({ id, state, count }: { id: string; state: 'ready' | 'warning'; count: number }) {
  const t = useTexts(rowTexts);
  const [only, setOnly] = useState<string | null>(null);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useRows(id, state);
  const rows = data?.pages.flatMap(page => page.items) ?? [];
  const columns = [...new Set(rows.map(row => row.column).filter(Boolean))];
  const fields: Field<ImportRow>[] = [
    { id: 'row', head: t.row, align: 'right', render: row => number(row.row) },
    { id: 'mac', head: 'MAC', render: row => <span className="mono">{macPairs(row.mac)}</span> },
    { id: 'model', head: t.model, render: row => [row.vendor, row.model].filter(Boolean).join(' ') },
    { id: 'user', head: t.user, render: row => <span className="mono">{row.user}</span> },
    { id: 'tenant', head: t.tenant, from: 'md', render: row => row.tenant },
    { id: 'fate', head: t.fate, render: row => t[`fate_${row.fate}`] },
  ];
  if (state === 'warning') fields.push({ id: 'warning', head: t.warning, wide: true, render: row => `${row.column}: ${row.warning}` });
  return (
    <Section
      title={state === 'ready' ? t.readyTitle(count) : t.warningTitle(count)}
      note={state === 'warning' ? t.warningLead : undefined}
      flush
      actions={columns.length > 1 && <Select size="xs" w={140} clearable placeholder={t.allColumns} aria-label={t.column} data={columns} value={only} onChange={setOnly} />}
    >
      {error !== null && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && error === null && <Loading rows={4} />}
      {data && <DataTable label={t.rows} fields={fields} rows={rows.filter(row => only === null || row.column === only)} rowKey={row => String(row.row)} />}
      {hasNextPage && (
        <Button variant="subtle" m="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t.more}
        </Button>
      )}
    </Section>
  );
}

type Kind = 'ready' | 'warning' | 'error';

// `problems` are the rows to mend, in place.
export function Rows({ id, report, problems }: { id: string; report: ImportReport; problems: ReactNode }) {
  const t = useTexts(rowTexts);
  const ready = report.to_add + report.to_change + report.unchanged - report.warned;
  const counts: Record<Kind, number> = { ready, warning: report.warned, error: report.problems_total };
  const [kind, setKind] = useState<Kind>(counts.error > 0 ? 'error' : counts.warning > 0 ? 'warning' : 'ready');
  const kinds = (['ready', 'warning', 'error'] as const).map(value => ({ value, label: t[`kind_${value}`](counts[value]) }));
  return (
    <Stack gap="sm">
      <SegmentedControl data={kinds} value={kind} onChange={value => setKind(value as Kind)} aria-label={t.rows} style={{ alignSelf: 'flex-start' }} />
      {counts[kind] === 0 && (
        <Text size="sm" c="dimmed">
          {t[`none_${kind}`]}
        </Text>
      )}
      {counts[kind] > 0 && (kind === 'error' ? problems : <RowList key={kind} id={id} state={kind} count={counts[kind]} />)}
    </Stack>
  );
}
