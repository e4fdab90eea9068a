// Every parameter of the phone's file, with the layer that set it and what that hides. What the list is narrowed down
// to is in the address, so that a link hands it over.
import { Box, Group, Select, Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { Explained, ExplainedParameter } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Empty } from '../../parts/Empty';
import { FilterInput } from '../../parts/FilterInput';
import { Icon } from '../../parts/icons';
import { Pill, type Tone } from '../../parts/State';
import { useQueryState } from '../../router/router';
import { texts } from './texts';

type LayerKey = 'layer_vendor' | 'layer_hardening' | 'layer_tenant' | 'layer_site' | 'layer_model' | 'layer_device';
const layers = ['vendor', 'hardening', 'tenant', 'site', 'model', 'device'];

function isLayer(layer: string): boolean {
  return layers.includes(layer);
}

export function LayerPill({ layer, name }: { layer: string; name: string }) {
  const t = useTexts(texts);
  const tone: Tone = layer === 'device' ? 'warn' : layer === 'hardening' ? 'good' : 'note';
  const shown = isLayer(layer) ? t[`layer_${layer}` as LayerKey] : layer;
  return (
    <Pill tone={tone} title={name}>
      {layer === 'tenant' || layer === 'site' ? `${shown} ${name}` : shown}
    </Pill>
  );
}

function fits(one: ExplainedParameter, wanted: string, layer: string | null): boolean {
  if (layer !== null && one.layer !== layer) return false;
  return wanted === '' || `${one.parameter} ${one.value} ${one.setting}`.toLowerCase().includes(wanted);
}

function Row({ one }: { one: ExplainedParameter }) {
  const t = useTexts(texts);
  const hidden = one.otherwise[0];
  return (
    <Table.Tr>
      <Table.Td>
        <span className="mono">{one.parameter}</span>
        {(one.setting || one.why) && (
          <Text size="xs" c="dimmed">
            {one.setting || one.why}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {one.secret ? (
          <Group gap={5} c="dimmed" wrap="nowrap">
            <Icon name="lock" size={14} />
            <span>{t.secretValue}</span>
          </Group>
        ) : (
          <span className="mono">{one.value}</span>
        )}
        {hidden && (
          <Text size="xs" c="dimmed">
            {t.hides(hidden.value, hidden.layer_name || hidden.layer)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <LayerPill layer={one.layer} name={one.layer_name} />
      </Table.Td>
    </Table.Tr>
  );
}

function SideList({ title, rows }: { title: string; rows: { setting: string; value: string; why: string }[] }) {
  if (rows.length === 0) return null;
  return (
    <Box px="md" pb="md">
      <Text fw={600} size="sm" mt="sm" mb={4}>
        {title}
      </Text>
      {rows.map(row => (
        <Text key={row.setting} size="sm">
          <span className="mono">
            {row.setting}={row.value}
          </span>{' '}
          <Text span c="dimmed">
            {row.why}
          </Text>
        </Text>
      ))}
    </Box>
  );
}

export function Configuration({ explained }: { explained: Explained }) {
  const t = useTexts(texts);
  const [values, setValues] = useQueryState();
  const { text = '', layer = null } = values;
  const rows = useMemo(
    () => explained.parameters.filter(one => fits(one, text.trim().toLowerCase(), layer)),
    [explained.parameters, text, layer],
  );
  return (
    <>
      <Group px="md" pb="sm" gap="xs">
        <FilterInput flex="1 1 200px" label={t.filterParameters} value={text} onChange={next => setValues({ text: next })} leftSection={<Icon name="search" size={15} />} />
        <Select
          w={150}
          clearable
          value={layer}
          onChange={next => setValues({ layer: next })}
          placeholder={t.allLayers}
          aria-label={t.layer}
          data={layers.map(one => ({ value: one, label: t[`layer_${one}` as LayerKey] }))}
        />
        <Text size="sm" c="dimmed">
          {t.parameters(rows.length)}
        </Text>
      </Group>
      {rows.length === 0 ? (
        <Empty icon="search">{t.noParameters}</Empty>
      ) : (
        <Table.ScrollContainer minWidth={520}>
          <Table layout="fixed">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t.parameter}</Table.Th>
                <Table.Th>{t.value}</Table.Th>
                <Table.Th w={130}>{t.layer}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(one => (
                <Row key={one.parameter} one={one} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <SideList title={t.overruled} rows={explained.overruled.map(one => ({ ...one, why: one.rule }))} />
      <SideList title={t.unsent} rows={explained.unsent} />
    </>
  );
}
