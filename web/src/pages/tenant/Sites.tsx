// Sites as devices name them: settings for one, and what its firewall must let through.
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Page, api } from '../../api/client';
import type { Device, DevicePage, LayerSettings, ModelPut, SiteNeed, SitePut } from '../../api/types';
import { common } from '../../i18n/common';
import { number } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { ChooseVendor } from '../../parts/Choose';
import { DataTable, type Field } from '../../parts/DataTable';
import { useFocusBack } from '../../parts/dialog';
import { Empty } from '../../parts/Empty';
import { FormDialog } from '../../parts/FormDialog';
import { Section } from '../../parts/Section';
import { SettingsEditor, changesOf, pairsOf } from '../../parts/SettingsEditor';
import { Link } from '../../router/router';
import { texts } from './texts';

function Needs({ slug, site, onClose }: { slug: string; site: string; onClose: () => void }) {
  const t = useTexts(texts);
  const c = useTexts(common);
  useFocusBack();
  const query = useQuery({ queryKey: ['needs', slug, site], queryFn: ({ signal }) => api.get<Page<SiteNeed>>(`/v1/tenants/${slug}/sites/${encodeURIComponent(site)}/needs`, {}, signal) });
  const fields: Field<SiteNeed>[] = [
    { id: 'purpose', head: t.purpose, wide: true, render: need => need.purpose },
    { id: 'protocol', head: t.protocol, render: need => need.protocol },
    { id: 'to', head: t.to, render: need => <span className="mono">{need.host}</span> },
    { id: 'ports', head: t.ports, render: need => (need.port_from === need.port_to ? need.port_from : `${need.port_from}–${need.port_to}`) },
    { id: 'devices', head: t.devices, align: 'right', render: need => number(need.devices) },
  ];
  return (
    <Modal opened onClose={onClose} title={t.needsTitle(site)} size="xl" closeButtonProps={{ 'aria-label': c.close }}>
      <Answer of={query}>
        {page => (page.items.length === 0 ? <Empty icon="globe">{t.needsNone}</Empty> : <DataTable label={t.needs} fields={fields} rows={page.items} rowKey={need => `${need.purpose} ${need.host} ${need.port_from}`} />)}
      </Answer>
    </Modal>
  );
}

function PutSite({ slug, site: given, onClose }: { slug: string; site: string; onClose: () => void }) {
  const t = useTexts(texts);
  const [site, setSite] = useState(given);
  const [pairs, setPairs] = useState(() => pairsOf({ '': '' }));
  const save = async () => {
    await api.put<SitePut, LayerSettings>(`/v1/tenants/${slug}/sites/${encodeURIComponent(site.trim())}`, { settings: changesOf({}, pairs) });
    notifications.show({ message: t.saved, color: 'green' });
  };
  return (
    <FormDialog title={given ? t.sitePutTitle(given) : t.sitePut} lead={t.sitePutLead} submit={t.sitePut} size="lg" disabled={!site.trim() || pairs.every(pair => !pair.name.trim())} onClose={onClose} onSubmit={save}>
      {!given && <TextInput label={t.site} description={t.newSiteHint} value={site} onChange={event => setSite(event.currentTarget.value)} data-autofocus />}
      <SettingsEditor pairs={pairs} onChange={setPairs} />
    </FormDialog>
  );
}

export function PutModel({ slug, onClose }: { slug: string; onClose: () => void }) {
  const t = useTexts(texts);
  const [vendor, setVendor] = useState<string | null>(null);
  const [model, setModel] = useState('');
  const [pairs, setPairs] = useState(() => pairsOf({ '': '' }));
  const save = async () => {
    await api.put<ModelPut, LayerSettings>(`/v1/tenants/${slug}/models/${vendor}/${encodeURIComponent(model.trim())}`, { settings: changesOf({}, pairs) });
    notifications.show({ message: t.saved, color: 'green' });
  };
  return (
    <FormDialog title={t.modelsTitle} lead={t.sitePutLead} submit={t.models} size="lg" disabled={!vendor || !model.trim() || pairs.every(pair => !pair.name.trim())} onClose={onClose} onSubmit={save}>
      <Group grow>
        <ChooseVendor label={t.vendor} value={vendor} onChange={setVendor} />
        <TextInput label={t.model} value={model} onChange={event => setModel(event.currentTarget.value)} />
      </Group>
      <SettingsEditor pairs={pairs} onChange={setPairs} />
    </FormDialog>
  );
}

const most = 1000; // devices of a tenant that are asked for

// How many devices each site has.
export function countSites(devices: readonly Pick<Device, 'site'>[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { site } of devices) if (site) counts.set(site, (counts.get(site) ?? 0) + 1);
  return [...counts].toSorted(([a], [b]) => a.localeCompare(b));
}

export function Sites({ slug, mayChange }: { slug: string; mayChange: boolean }) {
  const t = useTexts(texts);
  const [editing, setEditing] = useState<string | null>(null);
  const [needs, setNeeds] = useState<string | null>(null);
  const query = useQuery({ queryKey: ['sites', slug], queryFn: ({ signal }) => api.get<DevicePage>('/v1/devices', { tenant: slug, limit: most }, signal), staleTime: 60_000 });
  const fields: Field<[string, number]>[] = [
    { id: 'site', head: t.site, wide: true, bare: true, render: ([site]) => <Link href={`/devices?tenant=${slug}&site=${encodeURIComponent(site)}`}>{site}</Link> },
    { id: 'devices', head: t.devices, align: 'right', render: ([, count]) => number(count) },
    {
      id: t.needs,
      head: '',
      bare: true,
      align: 'right',
      render: ([site]) => (
        <Group gap={6} justify="flex-end" wrap="nowrap">
          <Button size="compact-xs" variant="default" onClick={() => setNeeds(site)} aria-label={`${t.needs}: ${site}`}>
            {t.needs}
          </Button>
          {mayChange && (
            <Button size="compact-xs" variant="default" onClick={() => setEditing(site)} aria-label={`${t.sitePut}: ${site}`}>
              {t.settings}
            </Button>
          )}
        </Group>
      ),
    },
  ];
  const another = mayChange && (
    <Button size="xs" variant="default" onClick={() => setEditing('')}>
      {t.newSite}
    </Button>
  );
  return (
    <Section title={t.sites} note={query.data?.next ? t.sitesFirst(most) : t.sitesNote} flush actions={another}>
      <Answer of={query} padded rows={3}>
        {page => {
          const sites = countSites(page.items);
          return sites.length === 0 ? <Empty icon="map">{t.sitesNone}</Empty> : <DataTable label={t.sites} fields={fields} rows={sites} rowKey={([site]) => site} />;
        }}
      </Answer>
      {needs !== null && <Needs slug={slug} site={needs} onClose={() => setNeeds(null)} />}
      {editing !== null && <PutSite slug={slug} site={editing} onClose={() => setEditing(null)} />}
    </Section>
  );
}
