// Rows that an undo leaves, or of which there is something to know.
import { Button, Table, Text } from '@mantine/core';
import { api } from '../../api/client';
import type { UndoneRow } from '../../api/types';
import { useAttempt } from '../../factors/useAttempt';
import { useTexts } from '../../i18n/texts';
import { Icon } from '../../parts/icons';
import { macPairs } from '../../parts/mac';
import { ProblemNote } from '../../parts/Problem';
import { saveAs } from '../../parts/save';
import { Section } from '../../parts/Section';
import { Link } from '../../router/router';
import { undoTexts } from './undo-texts';

function Reason({ row }: { row: UndoneRow }) {
  const t = useTexts(undoTexts);
  return (
    <>
      {t[`reason_${row.reason}`]}
      {row.reason === 'failed' && (
        <Text size="xs" c="dimmed" lang="en">
          {row.text}
        </Text>
      )}
    </>
  );
}

export function UndoneRows({ id, rows, total, saves = false }: { id: string; rows: UndoneRow[]; total: number; saves?: boolean }) {
  const t = useTexts(undoTexts);
  const { error, attempt, busy } = useAttempt();
  const save = () => attempt(async () => saveAs('undone.csv', await api.text(`/v1/imports/${id}/undo/rows`), 'text/csv;charset=utf-8'));
  if (rows.length === 0) return null;
  const button = saves && (
    <Button size="xs" variant="default" loading={busy} onClick={() => void save()} leftSection={<Icon name="download" size={14} />}>
      {t.download}
    </Button>
  );
  return (
    <Section title={t.rows} note={rows.length < total ? t.rowsFirst(rows.length) : ''} actions={button} flush>
      {error !== null && <ProblemNote error={error} />}
      <Table.ScrollContainer minWidth={320} mah={320}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.row}</Table.Th>
              <Table.Th>{t.phone}</Table.Th>
              <Table.Th>{t.reason}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(row => (
              <Table.Tr key={row.row}>
                <Table.Td>{row.row}</Table.Td>
                <Table.Td>
                  <Link className="mono" href={`/devices/${row.mac}`}>
                    {macPairs(row.mac)}
                  </Link>
                </Table.Td>
                <Table.Td>
                  <Reason row={row} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}
