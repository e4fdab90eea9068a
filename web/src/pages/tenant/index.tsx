// One tenant: what it sets and asks, its sites, its ratings, and who stands below it.
import { Anchor, Breadcrumbs, Button, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import { useTenants } from '../../api/lists';
import { useMay, useSession } from '../../api/session';
import type { Tenant, TenantPolicy, TenantRotation, TenantShown } from '../../api/types';
import type { PageProps } from '../../app/routes';
import { common } from '../../i18n/common';
import { number } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { Bars } from '../../parts/Bars';
import { Confirm } from '../../parts/confirm';
import { Empty } from '../../parts/Empty';
import { Facts } from '../../parts/Facts';
import { Icon } from '../../parts/icons';
import { PageHead } from '../../parts/PageHead';
import { Section } from '../../parts/Section';
import { Rating } from '../../parts/State';
import { Link, navigate } from '../../router/router';
import { ratingCounts } from '../overview/ratings';
import { AddTenant } from '../tenants/AddTenant';
import classes from '../tenants/tenants.module.css';
import { pathTo, standsAbove } from '../tenants/tree';
import { EditPolicy, EditSettings, Rename, policyNames } from './Edits';
import { ResyncTenant } from './Resync';
import { PutModel, Sites } from './Sites';
import { texts } from './texts';

type Dialog = 'name' | 'policy' | 'settings' | 'model' | 'below' | 'resync' | 'rotate' | 'remove';

function Above({ tenants, slug }: { tenants: Tenant[]; slug: string }) {
  const t = useTexts(texts);
  return (
    <Breadcrumbs mb={4} fz="sm" separatorMargin={6}>
      <Anchor component={Link} href="/tenants" fz="sm">
        {t.all}
      </Anchor>
      {pathTo(tenants, slug).map(tenant => (
        <Anchor key={tenant.slug} component={Link} href={`/tenants/${tenant.slug}`} fz="sm">
          {tenant.name || tenant.slug}
        </Anchor>
      ))}
      <Text fz="sm" c="dimmed">
        {slug}
      </Text>
    </Breadcrumbs>
  );
}

function Actions({ slug, open }: { slug: string; open: (dialog: Dialog) => void }) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const may = useMay();
  const above = standsAbove(useSession().person, slug);
  return (
    <>
      <Button component={Link} href={`/devices?tenant=${slug}`} variant="default" leftSection={<Icon name="phone" size={15} />}>
        {t.devicesOf}
      </Button>
      {may('tenant-admin') && (
        <>
          <Button variant="default" onClick={() => open('resync')} leftSection={<Icon name="refresh" size={15} />}>
            {t.resync}
          </Button>
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <Button variant="default" rightSection={<Icon name="down" size={13} />}>
                {c.edit}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => open('name')}>{t.rename}</Menu.Item>
              <Menu.Item onClick={() => open('model')}>{t.models}</Menu.Item>
              {may('reseller') && <Menu.Item onClick={() => open('below')}>{t.addBelow}</Menu.Item>}
              <Menu.Item onClick={() => open('rotate')}>{t.rotate}</Menu.Item>
              {above && (
                <Menu.Item color="red" onClick={() => open('remove')}>
                  {t.remove}
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        </>
      )}
    </>
  );
}

function Settings({ tenant, onEdit }: { tenant: Tenant; onEdit: (() => void) | null }) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const pairs = Object.entries(tenant.settings);
  const edit = onEdit && (
    <Button size="xs" variant="default" onClick={onEdit}>
      {c.edit}
    </Button>
  );
  return (
    <Section title={t.settings} note={t.settingsNote} actions={edit}>
      {pairs.length === 0 ? (
        <Empty icon="gear" {...(onEdit ? { action: { label: t.addSetting, onClick: onEdit } } : {})}>
          {t.settingsNone}
        </Empty>
      ) : (
        <Facts of={pairs.map(([name, value]) => [name, <span key={name} className="mono">{value}</span>] as const)} />
      )}
    </Section>
  );
}

function Policy({ policy, onEdit }: { policy: TenantPolicy; onEdit: (() => void) | null }) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const edit = onEdit && (
    <Button size="xs" variant="default" onClick={onEdit}>
      {c.edit}
    </Button>
  );
  const shown = (name: (typeof policyNames)[number]) => {
    const value = policy[name];
    return name === 'minimum_rating' ? <Rating stars={Number(value)} /> : String(value ?? '');
  };
  return (
    <Section title={t.policy} note={t.policyNote} actions={edit}>
      <Facts of={policyNames.map(name => [t[`p_${name}`], shown(name)] as const)} />
    </Section>
  );
}

function Below({ tenants, slug }: { tenants: Tenant[]; slug: string }) {
  const t = useTexts(texts);
  const below = tenants.filter(tenant => tenant.parent === slug);
  if (below.length === 0) return null;
  return (
    <Section title={t.below}>
      {below.map(tenant => (
        <div key={tenant.slug}>
          <Link href={`/tenants/${tenant.slug}`}>{tenant.name || tenant.slug}</Link>
        </div>
      ))}
    </Section>
  );
}

function Stars({ tenant }: { tenant: TenantShown }) {
  const t = useTexts(texts);
  const bars = ratingCounts(tenant.rating).map(({ stars, count }) => ({ key: String(stars), label: t.stars(stars), count, tone: stars >= 5 ? ('good' as const) : stars >= 3 ? ('warn' as const) : ('bad' as const) }));
  return (
    <Section title={t.rating} note={`${number(tenant.rating.devices)} ${t.devices}`}>
      {tenant.rating.devices === 0 ? <Empty icon="phone">{t.ratingNone}</Empty> : <Bars label={t.rating} bars={bars} shares />}
    </Section>
  );
}

function Dialogs({ which, tenant, tenants, onClose }: { which: Dialog | null; tenant: TenantShown; tenants: Tenant[]; onClose: () => void }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const { slug } = tenant;
  const remove = async () => {
    await api.remove(`/v1/tenants/${slug}`);
    notifications.show({ message: t.removed(tenant.name || slug), color: 'green' });
    navigate('/tenants');
    await client.invalidateQueries({ queryKey: ['tenants'] });
  };
  const rotate = async () => {
    const { asked, failed, trouble } = await api.post<TenantRotation>(`/v1/tenants/${slug}/rotate`);
    notifications.show({ message: t.rotated(asked, failed, trouble ?? ''), color: failed === 0 ? 'green' : 'yellow' });
  };
  return (
    <>
      {which === 'name' && <Rename tenant={tenant} onClose={onClose} />}
      {which === 'policy' && <EditPolicy tenant={tenant} onClose={onClose} />}
      {which === 'settings' && <EditSettings tenant={tenant} onClose={onClose} />}
      {which === 'model' && <PutModel slug={slug} onClose={onClose} />}
      {which === 'below' && <AddTenant tenants={tenants} parent={slug} onClose={onClose} />}
      {which === 'resync' && <ResyncTenant slug={slug} onClose={onClose} />}
      <Confirm opened={which === 'rotate'} title={t.rotateTitle} confirm={t.rotate} onClose={onClose} onConfirm={rotate}>
        <Text size="sm">{t.rotateText(tenant.rating.devices)}</Text>
      </Confirm>
      <Confirm opened={which === 'remove'} danger title={t.removeTitle(tenant.name || slug)} confirm={t.remove} onClose={onClose} onConfirm={remove}>
        <Text size="sm">{t.removeText}</Text>
      </Confirm>
    </>
  );
}

export default function TenantPage({ params }: PageProps) {
  const slug = params.slug ?? '';
  const may = useMay()('tenant-admin');
  const above = standsAbove(useSession().person, slug);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const query = useQuery({ queryKey: ['tenant', slug], queryFn: ({ signal }) => api.get<TenantShown>(`/v1/tenants/${encodeURIComponent(slug)}`, {}, signal) });
  const all = useTenants();
  const tenants = all.data?.items ?? [];
  return (
    <>
      <Above tenants={tenants} slug={slug} />
      <PageHead title={query.data?.name || slug} actions={query.data && <Actions slug={slug} open={setDialog} />} />
      <Answer of={query} rows={10}>
        {tenant => (
          <>
            <div className={classes.pair}>
              <div className={classes.stack}>
                <Settings tenant={tenant} onEdit={may ? () => setDialog('settings') : null} />
                <Sites slug={slug} mayChange={may} />
                <Below tenants={tenants} slug={slug} />
              </div>
              <div className={classes.stack}>
                {tenant.policy && <Policy policy={tenant.policy} onEdit={above ? () => setDialog('policy') : null} />}
                <Stars tenant={tenant} />
              </div>
            </div>
            <Dialogs which={dialog} tenant={tenant} tenants={tenants} onClose={() => setDialog(null)} />
          </>
        )}
      </Answer>
    </>
  );
}
