// What would happen: facts of the file, counts, what phones would get, rows to mend; then the button.
import { Alert, Button, Code, Group, List, Stack, Table, Tabs, Text } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client';
import type { ImportJob, ImportReport } from '../../api/types';
import { useAttempt } from '../../factors/useAttempt';
import { number } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Icon } from '../../parts/icons';
import { macPairs } from '../../parts/mac';
import { ProblemNote } from '../../parts/Problem';
import { saveAs } from '../../parts/save';
import { Section } from '../../parts/Section';
import { Link } from '../../router/router';
import { ApplyDialog } from './ApplyDialog';
import { Columns } from './Columns';
import { type Choices, saidOf } from './columns';
import { type Sheet, edited } from './csv';
import classes from './import.module.css';
import type { Options } from './job';
import { Problems } from './Problems';
import { Rows } from './Rows';
import { texts } from './texts';
import { useEdits } from './useEdits';

export function Tiles({ report }: { report: ImportReport }) {
  const t = useTexts(texts);
  const tiles = [
    { name: t.toAdd, count: report.to_add, tone: report.to_add > 0 ? 'good' : undefined },
    { name: t.toChange, count: report.to_change },
    { name: t.unchanged, count: report.unchanged },
    { name: t.refused, count: report.refused, tone: report.refused > 0 ? 'bad' : undefined },
  ];
  return (
    <div className={classes.tiles}>
      {tiles.map(({ name, count, tone }) => (
        <div key={name} className={`panel ${classes.tile ?? ''}`} data-tone={tone}>
          <div className={classes.figure}>{number(count)}</div>
          <Text size="sm" c="dimmed">
            {name}
          </Text>
        </div>
      ))}
    </div>
  );
}

function Facts({ report, options }: { report: ImportReport; options: Options }) {
  const t = useTexts(texts);
  return (
    <Stack gap={4}>
      <Text size="sm">
        {report.facts}. {t.stay(report.not_in_file)} {report.to_add > 0 && (options.arm ? t.confirmArmed : t.notArmed)}
      </Text>
      {report.warnings.length > 0 && (
        <Alert color="yellow" icon={<Icon name="info" />} title={t.warnings} mt="xs">
          <List size="sm" spacing={2}>
            {report.warnings.map(one => (
              <List.Item key={one.vendor}>{one.text}</List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  );
}

function Changes({ report }: { report: ImportReport }) {
  const t = useTexts(texts);
  if (report.changes.length === 0) return null;
  return (
    <Section title={t.changes(report.to_change)} note={t.changesLead(report.changes.length, report.to_change)} flush>
      <Table.ScrollContainer minWidth={480} mah={320}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.phone}</Table.Th>
              <Table.Th>{t.column}</Table.Th>
              <Table.Th>{t.before}</Table.Th>
              <Table.Th>{t.after}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.changes.flatMap(change =>
              change.fields.map(field => (
                <Table.Tr key={`${change.mac} ${field.name}`}>
                  <Table.Td>
                    <Link className="mono" href={`/devices/${change.mac}`}>
                      {macPairs(change.mac)}
                    </Link>
                  </Table.Td>
                  <Table.Td className="mono">{field.name}</Table.Td>
                  <Table.Td>
                    <del className="mono">{field.before}</del>
                  </Table.Td>
                  <Table.Td>
                    <ins className="mono">{field.after}</ins>
                  </Table.Td>
                </Table.Tr>
              )),
            )}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

function Samples({ items }: { items: ImportReport['samples'] }) {
  const t = useTexts(texts);
  if (!items[0]) return null;
  return (
    <Section title={t.samples} note={t.samplesLead}>
      <Tabs defaultValue={items[0].mac}>
        <Tabs.List>
          {items.map(one => (
            <Tabs.Tab key={one.mac} value={one.mac}>
              <span className="mono">{macPairs(one.mac)}</span>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {items.map(one => (
          <Tabs.Panel key={one.mac} value={one.mac} pt="xs">
            <Code block mah={280} style={{ overflow: 'auto' }} tabIndex={0} role="region" aria-label={macPairs(one.mac)}>
              {one.text}
            </Code>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Section>
  );
}

export function RejectsButton({ id }: { id: string }) {
  const t = useTexts(texts);
  const { error, attempt, busy } = useAttempt();
  const get = () => attempt(async () => saveAs('rejects.csv', await api.text(`/v1/imports/${id}/rejects`), 'text/csv;charset=utf-8'));
  return (
    <>
      <Button size="xs" variant="default" loading={busy} onClick={() => void get()} leftSection={<Icon name="download" size={14} />}>
        {t.rejects}
      </Button>
      {error !== null && <ProblemNote error={error} />}
    </>
  );
}

interface Props {
  job: ImportJob;
  report: ImportReport;
  sheet: Sheet | null;
  options: Options; // it was checked with
  onRecheck: (text: string, options: Options) => Promise<unknown>;
  onApplied: () => Promise<unknown>;
}

export function CheckStep({ job, report, sheet, options, onRecheck, onApplied }: Props) {
  const t = useTexts(texts);
  const edits = useEdits();
  const [choices, setChoices] = useState<Choices>({});
  const [asking, setAsking] = useState(false);
  const { busy, error, attempt } = useAttempt();
  const writes = report.to_add + report.to_change;
  const said = saidOf(report.columns, choices);
  const changes = edits.count + Object.keys(said).length;
  const recheck = () => sheet && onRecheck(edited(sheet, edits.edits), { ...options, columns: { ...options.columns, ...said } });
  const columns = <Columns report={report} choices={choices} mutable={sheet !== null} onChoose={setChoices} />;
  return (
    <Stack gap="md">
      <Tiles report={report} />
      <Facts report={report} options={options} />
      {report.open.length > 0 && columns}
      {error !== null && <ProblemNote error={error} />}
      <Group>
        {writes > 0 ? (
          <Button size="md" onClick={() => setAsking(true)} disabled={changes > 0 || report.open.length > 0}>
            {t.apply(report.to_add, report.to_change)}
          </Button>
        ) : (
          <Text fw={600}>{report.refused === 0 && report.open.length === 0 ? t.allUnchanged(report.unchanged) : t.nothing}</Text>
        )}
        {changes > 0 && sheet && (
          <Button size="md" loading={busy} onClick={() => void attempt(async () => recheck())}>
            {t.recheck(changes)}
          </Button>
        )}
      </Group>
      <Rows
        id={job.id}
        report={report}
        problems={<Problems report={report} sheet={sheet} edits={edits} actions={<RejectsButton id={job.id} />} />}
      />
      <Changes report={report} />
      <Samples items={report.samples} />
      {report.open.length === 0 && columns}
      {asking && <ApplyDialog job={job} report={report} armed={options.arm} onClose={() => setAsking(false)} onApplied={onApplied} />}
    </Stack>
  );
}
