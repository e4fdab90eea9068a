// One phone: the verdict first, then what it rests on.
import { Badge, Box, Grid, Group, ScrollArea, Stack, Tabs } from '@mantine/core';
import { Suspense, lazy, useState } from 'react';
import type { PageProps } from '../../app/routes';
import { Problem } from '../../api/problem';
import { useMay } from '../../api/session';
import type { Explained } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Loading } from '../../parts/Loading';
import { macPairs } from '../../parts/mac';
import { PageHead } from '../../parts/PageHead';
import { ProblemNote } from '../../parts/Problem';
import { StateBadge } from '../../parts/State';
import { Link, useQueryState } from '../../router/router';
import { lineOf } from '../devices/list';
import { ActionMenu, type ActionName, HelpfulButton, helpful } from './Actions';
import { CareCards } from './Care';
import { Compare } from './Compare';
import { Configuration } from './Configuration';
import { useExplained, useLive } from './data';
import { DiagnosticsCard } from './DiagnosticsCard';
import { Facts, RatingCard } from './Facts';
import { Changes, Deliveries, FileView, Hardening } from './FileTabs';
import { HeldKey } from './HeldKey';
import { texts } from './texts';
import { Timeline } from './Timeline';
import { Unknown } from './Unknown';
import { Verdict } from './Verdict';

// Forms that are opened on demand come on demand.
const Dialogs = lazy(() => import('./Dialogs'));

const tabs = ['timeline', 'configuration', 'file', 'changes', 'compare', 'deliveries', 'hardening'] as const;
type Tab = (typeof tabs)[number];

function TabContent({ tab, explained }: { tab: Tab; explained: Explained }) {
  const { mac } = explained.device;
  switch (tab) {
    case 'timeline':
      return (
        <Box px="sm" pb="sm">
          <Timeline contacts={explained.contacts} />
          {explained.contacts.length > 0 && <AllEvents mac={mac} />}
        </Box>
      );
    case 'configuration':
      return <Configuration explained={explained} />;
    case 'file':
      return <FileView mac={mac} />;
    case 'changes':
      return <Changes mac={mac} />;
    case 'compare':
      return <Compare mac={mac} />;
    case 'deliveries':
      return <Deliveries mac={mac} />;
    case 'hardening':
      return <Hardening mac={mac} />;
  }
}

function AllEvents({ mac }: { mac: string }) {
  const t = useTexts(texts);
  return (
    <Box px="xs" pt="sm">
      <Link href={`/events?device=${mac}`}>{t.allEvents}</Link>
    </Box>
  );
}

function Details({ explained }: { explained: Explained }) {
  const t = useTexts(texts);
  const [values, setValues] = useQueryState();
  const tab = tabs.find(one => one === values.tab) ?? 'timeline';
  return (
    <Tabs value={tab} onChange={value => setValues({ tab: value === 'timeline' ? null : value })} className="panel">
      <ScrollArea type="never">
        <Tabs.List px="xs" style={{ flexWrap: 'nowrap' }}>
          {tabs.map(one => (
            <Tabs.Tab key={one} value={one} px="sm" py="sm">
              {t[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </ScrollArea>
      <Tabs.Panel value={tab} pt="sm">
        <TabContent tab={tab} explained={explained} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Known({ explained }: { explained: Explained }) {
  const may = useMay();
  const { device } = explained;
  const [open, setOpen] = useState<ActionName | null>(null);
  const help = helpful(explained.kind, device);
  const name = lineOf(device);
  useLive(device.mac);
  return (
    <>
      <PageHead
        title={name || macPairs(device.mac)}
        windowTitle={`${macPairs(device.mac)} ${name}`}
        lead={
          <Group gap={8} component="span">
            <span className="mono">{macPairs(device.mac)}</span>
            <StateBadge state={device.state} />
            {device.model && <Badge color="gray">{device.model}</Badge>}
          </Group>
        }
        actions={<ActionMenu device={device} onAct={setOpen} />}
      />
      <Stack gap="md">
        <Verdict explained={explained}>{help && <HelpfulButton name={help} onAct={setOpen} />}</Verdict>
        <HeldKey key={device.held_key ?? ''} device={device} />
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 8 }}>
            <Details explained={explained} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 4 }}>
            <Stack gap="md">
              <DiagnosticsCard mac={device.mac} />
              <CareCards mac={device.mac} />
              <Facts explained={explained} onEdit={may('tenant-admin') ? () => setOpen('edit') : undefined} />
              <RatingCard explained={explained} />
            </Stack>
          </Grid.Col>
        </Grid>
      </Stack>
      {open !== null && (
        <Suspense fallback={null}>
          <Dialogs device={device} open={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}

export default function DevicePage({ params }: PageProps) {
  const mac = (params.mac ?? '').replace(/[\s:.-]/g, '').toLowerCase();
  const explained = useExplained(mac);
  const { data, error } = explained;
  if (data?.known === false) return <Unknown mac={mac} explained={data} />;
  if (data) return <Known key={mac} explained={data} />;
  if (error instanceof Problem && error.status === 404) return <Unknown mac={mac} explained={null} />;
  if (explained.isError) return <ProblemNote error={explained.error} onRetry={() => void explained.refetch()} />;
  return <Loading rows={10} />;
}
