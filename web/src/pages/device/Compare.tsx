// This phone beside one of its model that works. Which one is in the address, so that a link shows the same two.
import { Box, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ComparedDevice, ComparedSide, ComparedValue, DeviceComparison } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { FilterInput } from '../../parts/FilterInput';
import { Icon } from '../../parts/icons';
import { Loading } from '../../parts/Loading';
import { macPairs } from '../../parts/mac';
import { ProblemNote } from '../../parts/Problem';
import { said } from '../../parts/rules';
import { Rating, StateBadge } from '../../parts/State';
import { Ago } from '../../parts/Time';
import { Link, useQueryState } from '../../router/router';
import { compareTexts } from './compare';
import { LayerPill } from './Configuration';
import { useComparison } from './data';
import { texts } from './texts';

interface Fact {
  name: string;
  show: (side: ComparedDevice) => ReactNode;
  told: (side: ComparedDevice) => unknown; // what has to be the same
  varies?: boolean; // is another in every phone
}

function useFacts(): Fact[] {
  const t = useTexts(compareTexts);
  const d = useTexts(texts);
  return [
    { name: t.verdict, show: side => said(side.kind, { saw: side.verdict, next: '' }).saw, told: side => side.kind },
    { name: t.state, show: side => <StateBadge state={side.device.state} />, told: side => side.device.state },
    { name: d.firmware, show: side => side.device.firmware || '–', told: side => side.device.firmware },
    { name: d.tenant, show: side => side.device.tenant, told: side => side.device.tenant },
    { name: d.site, show: side => side.device.site || '–', told: side => side.device.site },
    { name: t.seen, show: side => <Ago at={side.device.last_seen} />, told: side => side.device.last_seen, varies: true },
    { name: t.served, show: side => <Ago at={side.visits.served ?? undefined} />, told: side => side.visits.served !== null },
    { name: t.visits, show: side => t.visitsSeen(side.visits.looked_at, side.visits.refused), told: side => side.visits.refused > 0 },
    { name: d.rating, show: side => <Rating stars={side.rating} />, told: side => side.rating },
    { name: d.access, show: side => d[`access_${side.device.access}`], told: side => side.device.access },
    { name: t.tls, show: side => side.visits.tls || '–', told: side => side.visits.tls },
    { name: t.key, show: side => <span className="mono">{side.device.pinned_key?.slice(0, 16) ?? '–'}</span>, told: side => side.device.pinned_key !== undefined, varies: true },
  ];
}

function Facts({ one, other }: DeviceComparison) {
  const t = useTexts(compareTexts);
  const differs = ({ told, varies }: Fact) => !varies && told(one) !== told(other);
  const fields: Field<Fact>[] = [
    { id: 'what', head: t.what, render: fact => <Text c="dimmed" size="sm">{fact.name}</Text>, bare: true },
    { id: 'one', head: t.thisOne, render: fact => fact.show(one), wide: true },
    { id: 'other', head: macPairs(other.device.mac), render: fact => fact.show(other), wide: true },
  ];
  return <DataTable label={t.facts} fields={fields} rows={useFacts()} rowKey={fact => fact.name} rowTone={fact => (differs(fact) ? 'warn' : undefined)} />;
}

function Side({ side }: { side: ComparedSide }) {
  const t = useTexts(compareTexts);
  if (side.layer === '') return <Text size="sm" c="dimmed">{t.notInFile}</Text>;
  return (
    <Group gap={6}>
      <span className="mono">{side.value}</span>
      <LayerPill layer={side.layer} name={side.layer_name} />
    </Group>
  );
}

function Differences({ differences, same, other }: DeviceComparison) {
  const t = useTexts(compareTexts);
  const d = useTexts(texts);
  if (differences.length === 0) return <Empty icon="check">{t.alike(same)}</Empty>;
  const fields: Field<ComparedValue>[] = [
    {
      id: 'parameter',
      head: d.parameter,
      render: value => (
        <>
          <span className="mono">{value.parameter}</span>
          <Text size="xs" c="dimmed">
            {[value.setting, value.own && t.own].filter(Boolean).join(' · ')}
          </Text>
        </>
      ),
      bare: true,
      wide: true,
    },
    { id: 'one', head: t.thisOne, render: value => <Side side={value.one} />, wide: true },
    { id: 'other', head: macPairs(other.device.mac), render: value => <Side side={value.other} />, wide: true },
  ];
  return (
    <Box>
      <Box px="md" pb="xs">
        <Title order={3} size="h5">
          {t.differences}
        </Title>
        <Text size="sm" c="dimmed">
          {t.counts(differences.length, same)}
        </Text>
      </Box>
      <DataTable label={t.differences} fields={fields} rows={differences} rowKey={value => value.parameter} rowTone={value => (value.own ? undefined : 'warn')} />
    </Box>
  );
}

function Found({ comparison }: { comparison: DeviceComparison }) {
  const t = useTexts(compareTexts);
  const { device } = comparison.other;
  return (
    <>
      <Text size="sm" px="md">
        {comparison.chosen ? t.chosen : t.named} <Link href={`/devices/${device.mac}`} style={{ textDecoration: 'underline' }}>{macPairs(device.mac)}</Link>
      </Text>
      <Facts {...comparison} />
      <Differences {...comparison} />
    </>
  );
}

export function Compare({ mac }: { mac: string }) {
  const t = useTexts(compareTexts);
  const [values, setValues] = useQueryState();
  const compared = useComparison(mac, values.with ?? '');
  return (
    <Stack gap="sm" pb="sm">
      <Box px="md" maw={320}>
        <FilterInput label={t.other} value={values.with ?? ''} onChange={text => setValues({ with: text })} leftSection={<Icon name="search" size={15} />} />
      </Box>
      {compared.isError ? (
        <Box px="md">
          <ProblemNote error={compared.error} onRetry={() => void compared.refetch()} />
        </Box>
      ) : compared.data ? (
        <Found comparison={compared.data} />
      ) : (
        <Box px="md">
          <Loading />
        </Box>
      )}
    </Stack>
  );
}
