// The file as the phone gets it, what would change against what it has, deliveries, hardening rules.
import { Box, Button, Code, Group, Table, Text } from '@mantine/core';
import type { Delivery, DiffLine } from '../../api/types';
import { ago } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Empty } from '../../parts/Empty';
import { Icon } from '../../parts/icons';
import { Loading } from '../../parts/Loading';
import { ProblemNote } from '../../parts/Problem';
import { Pill, type Tone } from '../../parts/State';
import { Moment } from '../../parts/Time';
import { saveAs } from '../../parts/save';
import { LayerPill } from './Configuration';
import { useDeliveries, useDiff, useLint, usePreview } from './data';
import { isLintState, lintTexts, lintTones } from './lint';
import { texts } from './texts';

export function FileView({ mac }: { mac: string }) {
  const t = useTexts(texts);
  const preview = usePreview(mac);
  if (preview.isError) return <Pad><ProblemNote error={preview.error} onRetry={() => void preview.refetch()} /></Pad>;
  if (!preview.data) return <Pad><Loading /></Pad>;
  const { text, syntax } = preview.data;
  return (
    <Pad>
      <Group justify="space-between" mb="xs">
        <Text size="sm" c="dimmed">
          {t.fileNote}
        </Text>
        <Button variant="default" size="xs" leftSection={<Icon name="download" size={14} />} onClick={() => saveAs(`${mac}-masked.txt`, text)}>
          {t.download}
        </Button>
      </Group>
      <Code block mah={560} style={{ overflow: 'auto' }} tabIndex={0} role="region" aria-label={`${t.file} (${syntax})`}>
        {text}
      </Code>
    </Pad>
  );
}

function Pad({ children }: { children: React.ReactNode }) {
  return (
    <Box px="md" pb="md">
      {children}
    </Box>
  );
}

function DiffRow({ line, tone, word }: { line: DiffLine; tone: Tone; word: string }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Pill tone={tone}>{word}</Pill>
      </Table.Td>
      <Table.Td>
        <span className="mono">{line.parameter}</span>
      </Table.Td>
      <Table.Td>{line.before && <del className="mono">{line.before}</del>}</Table.Td>
      <Table.Td>{line.after && <ins className="mono">{line.after}</ins>}</Table.Td>
      <Table.Td>
        <LayerPill layer={line.layer} name={line.layer_name} />
      </Table.Td>
    </Table.Tr>
  );
}

export function Changes({ mac }: { mac: string }) {
  const t = useTexts(texts);
  const diff = useDiff(mac);
  if (diff.isError) return <Pad><ProblemNote error={diff.error} onRetry={() => void diff.refetch()} /></Pad>;
  if (!diff.data) return <Pad><Loading /></Pad>;
  const { fetched, changed, added, removed, same, since } = diff.data;
  if (!fetched) return <Empty icon="file">{t.neverFetched}</Empty>;
  if (changed.length + added.length + removed.length === 0) return <Empty icon="check">{t.sameAsFetched(same)}</Empty>;
  return (
    <Pad>
      <Text size="sm" c="dimmed" mb="xs">
        {since && t.diffLead(ago(since))}
      </Text>
      <Table.ScrollContainer minWidth={560}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th />
              <Table.Th>{t.parameter}</Table.Th>
              <Table.Th>{t.before}</Table.Th>
              <Table.Th>{t.after}</Table.Th>
              <Table.Th>{t.layer}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changed.map(line => <DiffRow key={line.parameter} line={line} tone="warn" word={t.changed} />)}
            {added.map(line => <DiffRow key={line.parameter} line={line} tone="good" word={t.added} />)}
            {removed.map(line => <DiffRow key={line.parameter} line={line} tone="bad" word={t.removed} />)}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Pad>
  );
}

export function Deliveries({ mac }: { mac: string }) {
  const t = useTexts(texts);
  const list = useDeliveries(mac);
  if (list.isError) return <Pad><ProblemNote error={list.error} onRetry={() => void list.refetch()} /></Pad>;
  if (!list.data) return <Pad><Loading /></Pad>;
  if (list.data.items.length === 0) return <Empty icon="box">{t.noDeliveries}</Empty>;
  const kinds: Record<string, string> = { 'first-delivery': t.delivery_first, 'repeat-delivery': t.delivery_repeat, 'rotated-delivery': t.delivery_rotated, 'retained-delivery': t.delivery_retained };
  const words: Record<Delivery['transfer'], string> = { complete: t.transfer_complete, broken: t.transfer_broken, begun: t.transfer_begun };
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.when}</Table.Th>
            <Table.Th>{t.rule}</Table.Th>
            <Table.Th>{t.source}</Table.Th>
            <Table.Th>{t.generation}</Table.Th>
            <Table.Th>{t.transfer}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.data.items.map(one => (
            <Table.Tr key={one.id}>
              <Table.Td>
                <Moment at={one.at} />
              </Table.Td>
              <Table.Td>{kinds[one.rule] ?? one.rule}</Table.Td>
              <Table.Td className="mono">{one.source}</Table.Td>
              <Table.Td>{one.generation}</Table.Td>
              <Table.Td>
                <Pill tone={one.transfer === 'complete' ? 'good' : 'warn'}>{words[one.transfer]}</Pill>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

// In the server's own word, if it has a new one.
function LintPill({ state }: { state: string }) {
  const t = useTexts(lintTexts);
  return isLintState(state) ? <Pill tone={lintTones[state]}>{t[state]}</Pill> : <Pill tone="note">{state}</Pill>;
}

export function Hardening({ mac }: { mac: string }) {
  const t = useTexts(texts);
  const lint = useLint(mac);
  if (lint.isError) return <Pad><ProblemNote error={lint.error} onRetry={() => void lint.refetch()} /></Pad>;
  if (!lint.data) return <Pad><Loading /></Pad>;
  if (lint.data.items.length === 0) return <Empty icon="shield">{t.noHardening}</Empty>;
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table>
        <Table.Tbody>
          {lint.data.items.map(one => (
            <Table.Tr key={one.rule}>
              <Table.Td w={120}>
                <LintPill state={one.state} />
              </Table.Td>
              <Table.Td>
                {one.says}
                <Text size="xs" c="dimmed" lineClamp={2}>
                  <span className="mono">{one.rule}</span> · {one.detail}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
