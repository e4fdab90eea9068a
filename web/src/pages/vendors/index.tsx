// Every vendor that the server knows, with its grades.
import { Group } from '@mantine/core';
import { useVendors } from '../../api/lists';
import type { Vendor } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { FilterInput } from '../../parts/FilterInput';
import { Icon } from '../../parts/icons';
import { PageHead } from '../../parts/PageHead';
import { Pill } from '../../parts/State';
import { Link, useQueryState } from '../../router/router';
import { GradeBadge, Hardened } from './Grades';
import { texts } from './texts';
import classes from './vendors.module.css';

function useFields(): Field<Vendor>[] {
  const t = useTexts(texts);
  return [
    {
      id: 'name',
      head: t.name,
      render: vendor => (
        <>
          <Link href={`/vendors/${vendor.id}`}>
            <b>{vendor.name}</b>
          </Link>{' '}
          {vendor.status !== 'checked' && <Pill tone="note">{vendor.status === 'draft' ? t.draft : vendor.status}</Pill>}
        </>
      ),
    },
    { id: 'grade', head: t.grade, render: vendor => <span title={vendor.paper}><GradeBadge grade={vendor.grade} /></span> },
    { id: 'hardened', head: t.hardened, render: vendor => <Hardened hardened={vendor.hardened} /> },
    { id: 'secrets', head: t.secrets, from: 'md', render: vendor => vendor.secret_mode },
    { id: 'models', head: t.models, align: 'right', from: 'md', render: vendor => vendor.models },
    { id: 'about', head: t.about, wide: true, from: 'lg', render: vendor => <span className={classes.about}>{vendor.summary}</span> },
  ];
}

const fits = (vendor: Vendor, wanted: string) => `${vendor.id} ${vendor.name} ${vendor.summary}`.toLowerCase().includes(wanted.trim().toLowerCase());

export default function Vendors() {
  const t = useTexts(texts);
  const [values, setValues] = useQueryState();
  const query = useVendors();
  const fields = useFields();
  const wanted = values.q ?? '';
  return (
    <>
      <PageHead title={t.title} lead={query.data && t.lead(query.data.items.length)} />
      <Group mb="sm" role="search">
        <FilterInput type="search" label={t.search} value={wanted} onChange={q => setValues({ q })} leftSection={<Icon name="search" size={15} />} w={320} maw="100%" />
      </Group>
      <div className="panel">
        <Answer of={query} rows={12} padded>
          {page => {
            const rows = page.items.filter(vendor => fits(vendor, wanted));
            return rows.length === 0 ? <Empty icon="search">{t.emptyFiltered}</Empty> : <DataTable label={t.title} fields={fields} rows={rows} rowKey={vendor => vendor.id} />;
          }}
        </Answer>
      </div>
    </>
  );
}
