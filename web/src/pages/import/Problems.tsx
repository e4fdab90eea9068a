// The refused rows: the cell, what is wrong with it, and the ways to mend it here.
import { Box, Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ImportReport, RowProblem } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Section } from '../../parts/Section';
import type { Sheet } from './csv';
import classes from './import.module.css';
import { columnOf, suggest } from './suggest';
import type { Cell, SheetEdits } from './useEdits';
import { texts } from './texts';

interface RowProps {
  problem: RowProblem;
  column: number;
  cell: string | null; // null: the list is not here, or the problem has no cell that could be changed
  mutable: boolean; // the list is here: it can be checked again without the row
  edits: SheetEdits;
  alike: (kind: string) => Cell[];
}

function Suggestions({ problem, column, cell, edits, alike }: RowProps) {
  const t = useTexts(texts);
  return suggest(problem).map(({ value, kind }) => {
    const others = alike(kind);
    return (
      <Group key={value} gap={4}>
        <Button size="compact-xs" variant="light" onClick={() => edits.set({ line: problem.row, column, value, was: cell ?? '' })}>
          {t.use(value)}
        </Button>
        {others.length > 1 && (
          <Button size="compact-xs" variant="subtle" onClick={() => others.forEach(edits.set)}>
            {t.inAll(others.length)}
          </Button>
        )}
      </Group>
    );
  });
}

function ProblemRow(props: RowProps) {
  const t = useTexts(texts);
  const { problem, column, cell, mutable, edits } = props;
  const dropped = edits.isDropped(problem.row);
  const now = cell === null ? null : (edits.get(problem.row, column) ?? cell);
  return (
    <li className={classes.problem} data-dropped={dropped ? 'true' : undefined}>
      <span className={classes.where}>{t.row(problem.row)}</span>
      {now === null ? (
        <Text size="sm" className="mono" pt={6} style={{ overflowWrap: 'anywhere' }}>
          {problem.value || problem.column}
        </Text>
      ) : (
        <TextInput
          size="xs"
          className={classes.cell}
          data-edited={now !== cell ? 'true' : undefined}
          classNames={{ input: 'mono' }}
          aria-label={t.cell(problem.column, problem.row)}
          aria-invalid={now === cell}
          value={now}
          disabled={dropped}
          onChange={event => edits.set({ line: problem.row, column, value: event.currentTarget.value, was: cell ?? '' })}
        />
      )}
      <Box>
        <Text size="sm">
          <b>{problem.column}:</b> {problem.what}
          {problem.why && `: ${problem.why}`}
        </Text>
        <Group gap={8} mt={2}>
          <Text size="sm" c="dimmed">
            {problem.fix}
          </Text>
          {cell !== null && !dropped && <Suggestions {...props} />}
        </Group>
      </Box>
      {mutable && (
        <Button size="compact-xs" variant="default" mt={4} onClick={() => edits.drop(problem.row, !dropped)}>
          {dropped ? t.undo : t.drop1}
        </Button>
      )}
    </li>
  );
}

interface Props {
  report: ImportReport;
  sheet: Sheet | null;
  edits: SheetEdits;
  actions: React.ReactNode;
}

export function Problems({ report, sheet, edits, actions }: Props) {
  const t = useTexts(texts);
  const [only, setOnly] = useState<string | null>(null);
  const [shownCount, setShownCount] = useState(100);
  const placed = useMemo(() => {
    const byLine = new Map(sheet?.rows.map(row => [row.line, row]) ?? []);
    return report.problems.map(problem => {
      const column = sheet ? columnOf(problem, sheet.header, report.columns) : -1;
      const row = byLine.get(problem.row);
      return { problem, column, cell: row && column >= 0 ? (row.cells[column] ?? '') : null };
    });
  }, [report, sheet]);
  const alike = (kind: string) =>
    placed.flatMap(({ problem, column, cell }) => {
      const found = cell === null ? undefined : suggest(problem).find(one => one.kind === kind);
      return found && cell !== null ? [{ line: problem.row, column, value: found.value, was: cell }] : [];
    });
  const columns = [...new Set(report.problems.map(one => one.column))];
  const shown = placed.filter(one => only === null || one.problem.column === only);
  return (
    <Section
      title={t.problems(report.problems_total)}
      note={sheet ? t.problemsLead : t.noFile}
      flush
      actions={
        <>
          {columns.length > 1 && (
            <Select size="xs" w={140} clearable placeholder={t.allColumns} aria-label={t.column} data={columns} value={only} onChange={setOnly} />
          )}
          {actions}
        </>
      }
    >
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {shown.slice(0, shownCount).map(one => (
          <ProblemRow key={`${one.problem.row} ${one.problem.column}`} {...one} mutable={sheet !== null} edits={edits} alike={alike} />
        ))}
      </ul>
      {shown.length > shownCount && (
        <Button variant="subtle" m="sm" onClick={() => setShownCount(shownCount + 200)}>
          {t.problemsMore(shownCount, shown.length)}
        </Button>
      )}
      {report.problems_total > report.problems.length && (
        <Text size="sm" c="dimmed" p="md">
          {t.problemsMore(report.problems.length, report.problems_total)}
        </Text>
      )}
    </Section>
  );
}
