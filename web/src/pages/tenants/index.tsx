// The tree of tenants.
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTenants } from '../../api/lists';
import { useMay } from '../../api/session';
import type { Tenant } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { FilterInput } from '../../parts/FilterInput';
import { Icon } from '../../parts/icons';
import { PageHead } from '../../parts/PageHead';
import { Rating } from '../../parts/State';
import { Link, useQueryState } from '../../router/router';
import { AddTenant } from './AddTenant';
import classes from './tenants.module.css';
import { texts } from './texts';
import { type TreeRow, searched, treeOf } from './tree';

// Not every role may read policies.
function usePolicyFields(): Field<TreeRow>[] {
  const t = useTexts(texts);
  return [
    { id: 'rating', head: t.rating, render: ({ tenant }) => tenant.policy && <Rating stars={tenant.policy.minimum_rating} /> },
    { id: 'window', head: t.window, from: 'md', render: row => row.tenant.policy?.window ?? '' },
  ];
}

function useFields(tenants: readonly Tenant[]): Field<TreeRow>[] {
  const t = useTexts(texts);
  const policy = usePolicyFields();
  return [
    {
      id: 'name',
      head: t.name,
      bare: true,
      render: ({ tenant, depth }) => (
        <span className={classes.name} data-depth={Math.min(depth, 4)}>
          {depth > 0 && <Icon name="right" size={11} />}
          <Link href={`/tenants/${tenant.slug}`}>
            <b>{tenant.name || tenant.slug}</b>
          </Link>
        </span>
      ),
    },
    { id: 'slug', head: t.slug, render: row => <span className="mono">{row.tenant.slug}</span> },
    { id: 'below', head: t.below, align: 'right', from: 'md', render: row => row.below || '' },
    ...(tenants.some(tenant => tenant.policy) ? policy : []),
    { id: 'settings', head: t.settings, from: 'lg', render: row => <Text span size="sm" c="dimmed">{t.settingsCount(Object.keys(row.tenant.settings).length)}</Text> },
    { id: 'devices', head: '', bare: true, render: row => <Link href={`/devices?tenant=${row.tenant.slug}`}>{t.devices}</Link> },
  ];
}

export default function Tenants() {
  const t = useTexts(texts);
  const may = useMay();
  const [values, setValues] = useQueryState();
  const [adding, setAdding] = useState(false);
  const query = useTenants(0);
  const tenants = query.data?.items ?? [];
  const fields = useFields(tenants);
  const rows = searched(treeOf(tenants), values.q ?? '');
  const add = may('reseller') ? () => setAdding(true) : undefined;
  return (
    <>
      <PageHead
        title={t.title}
        lead={query.data && t.lead(tenants.length)}
        actions={
          add && (
            <Button onClick={add} leftSection={<Icon name="plus" size={16} />}>
              {t.add}
            </Button>
          )
        }
      />
      {tenants.length > 5 && (
        <Group mb="sm" role="search">
          <FilterInput type="search" label={t.search} value={values.q ?? ''} onChange={q => setValues({ q })} leftSection={<Icon name="search" size={15} />} w={280} />
        </Group>
      )}
      <div className="panel">
        <Answer of={query} padded>
          {() => {
            if (tenants.length === 0)
              return (
                <Empty icon="tree" {...(add ? { action: { label: t.add, onClick: add } } : {})}>
                  {t.empty}
                </Empty>
              );
            if (rows.length === 0) return <Empty icon="search">{t.emptyFiltered}</Empty>;
            return <DataTable label={t.title} fields={fields} rows={rows} rowKey={row => row.tenant.slug} />;
          }}
        </Answer>
      </div>
      {adding && <AddTenant tenants={tenants} onClose={() => setAdding(false)} />}
    </>
  );
}
