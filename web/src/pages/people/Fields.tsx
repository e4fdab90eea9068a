import { Select } from '@mantine/core';
import { useTenants } from '../../api/lists';
import { useSession } from '../../api/session';
import type { Role } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { troubleOf } from '../../parts/Choose';
import { treeOf } from '../tenants/tree';
import { manageable } from './people';
import { texts } from './texts';

interface Props {
  role: Role;
  tenant: string | null;
  onRole: (role: Role) => void;
  onTenant: (tenant: string | null) => void;
}

// A role, with what it may, and where.
export function RoleAndPlace({ role, tenant, onRole, onTenant }: Props) {
  const t = useTexts(texts);
  const { person } = useSession();
  const tenants = useTenants();
  const everywhere = person.tenant === null;
  return (
    <>
      <Select label={t.role} description={t[`d_${role}`]} allowDeselect={false} data={manageable(person.role).map(value => ({ value, label: t[`r_${value}`] }))} value={role} onChange={value => onRole((value ?? role) as Role)} />
      {role !== 'platform' && (
        <Select
          label={t.tenant}
          description={t.tenantHint}
          placeholder={everywhere ? t.allTenants : ''}
          clearable={everywhere}
          searchable
          data={treeOf(tenants.data?.items ?? []).map(row => ({ value: row.tenant.slug, label: `${'– '.repeat(row.depth)}${row.tenant.name || row.tenant.slug}` }))}
          value={tenant}
          error={troubleOf(tenants.error)}
          onChange={onTenant}
        />
      )}
    </>
  );
}
