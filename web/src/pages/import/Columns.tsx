// What each column of the list was taken for, and the ways to say otherwise; the list is checked again then.
import { Autocomplete, Badge, Button, Group, Text } from '@mantine/core';
import type { ImportReport } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { DataTable, type Field } from '../../parts/DataTable';
import { Section } from '../../parts/Section';
import { columnTexts } from './column-texts';
import { type Choices, type Column, saidOf, without } from './columns';

// What one column is likely to be; any setting may be typed.
const suggested = [
  'mac', 'tenant', 'vendor', 'model', 'site', 'secret_mode', 'access',
  'line.1.user', 'line.1.auth_user', 'line.1.display_name', 'line.1.label', 'line.1.registrar_host', 'line.2.user',
  'time.zone', 'language', 'network.vlan_id',
]; // prettier-ignore

const passwords = 'P-2004';

interface Props {
  report: ImportReport;
  choices: Choices;
  mutable: boolean; // the list is in this page still
  onChoose: (choices: Choices) => void;
}

interface CellProps extends Omit<Props, 'report'> {
  column: Column;
}

function ReadAs({ column, choices, mutable, onChoose }: CellProps) {
  const t = useTexts(columnTexts);
  const choice = choices[column.header];
  if (choice === null) return <Text size="sm">{t.leftOut}</Text>;
  if (column.error?.code === passwords) return <Text size="sm">{column.error.why}</Text>;
  if (!mutable || (choice === undefined && column.origin !== 'open'))
    return column.meaning ? <span className="mono">{column.meaning}</span> : <Text size="sm">{t.notRead}</Text>;
  return (
    <Autocomplete
      size="xs"
      w={200}
      data={suggested}
      value={choice ?? ''}
      placeholder={column.meaning || t.choose}
      aria-label={t.meaningOf(column.header)}
      aria-invalid={choice === undefined}
      classNames={{ input: 'mono' }}
      onChange={value => onChoose(value === '' && column.origin === 'open' ? without(choices, column.header) : { ...choices, [column.header]: value })}
    />
  );
}

function Actions({ column, choices, onChoose }: Omit<CellProps, 'mutable'>) {
  const t = useTexts(columnTexts);
  const { header } = column;
  const set = (value: string | null) => onChoose({ ...choices, [header]: value });
  const button = (label: string, act: () => void) => (
    <Button size="compact-xs" variant="default" onClick={act} aria-label={`${label}: ${header}`}>
      {label}
    </Button>
  );
  if (choices[header] !== undefined) return button(t.undo, () => onChoose(without(choices, header)));
  return (
    <Group gap={6} wrap="nowrap">
      {column.origin !== 'open' && button(t.change, () => set(column.meaning))}
      {(column.meaning !== '' || column.origin === 'open') && button(t.leaveOut, () => set(null))}
    </Group>
  );
}

function Takes({ column }: { column: Column }) {
  const t = useTexts(columnTexts);
  const facts = [column.limits, column.fallback && t.fallback(column.fallback)].filter(Boolean).join('; ');
  return (
    <Text size="sm" c="dimmed">
      {column.error ? `${column.error.what}. ${column.error.fix}` : facts}
    </Text>
  );
}

export function Columns({ report, choices, mutable, onChoose }: Props) {
  const t = useTexts(columnTexts);
  const said = saidOf(report.columns, choices);
  const open = report.columns.filter(one => one.origin === 'open' && said[one.header] === undefined);
  const fields: Field<Column>[] = [
    {
      id: 'header',
      head: t.header,
      bare: true,
      render: column => (
        <Group gap={6}>
          <b>{column.header}</b>
          {column.required && <Badge variant="light">{t.required}</Badge>}
          {open.includes(column) && <Badge color="red" variant="light">{t.open}</Badge>}
        </Group>
      ),
    },
    { id: 'meaning', head: t.readAs, render: column => <ReadAs {...{ column, choices, mutable, onChoose }} /> },
    { id: 'takes', head: t.takes, wide: true, render: column => <Takes column={column} /> },
    { id: 'example', head: t.example, render: column => <span className="mono">{column.example}</span> },
  ];
  if (mutable) fields.push({ id: 'actions', head: '', bare: true, render: column => <Actions {...{ column, choices, onChoose }} /> });
  const leaveAll = () => onChoose({ ...choices, ...Object.fromEntries(open.map(one => [one.header, null])) });
  const note = open.length > 0 ? t.lead(open.length) : undefined;
  return (
    <Section
      title={t.title}
      note={mutable ? note : t.noFile}
      flush
      actions={
        mutable &&
        open.length > 1 && (
          <Button size="xs" variant="default" onClick={leaveAll}>
            {t.leaveAll(open.length)}
          </Button>
        )
      }
    >
      <DataTable label={t.title} fields={fields} rows={report.columns} rowKey={one => `${report.columns.indexOf(one)}`} rowTone={one => (open.includes(one) ? 'bad' : undefined)} />
    </Section>
  );
}
