// One of the tenants or vendors. Where the list did not come, the box says why: an empty one looks as if there were none.
import { Select, type SelectProps } from '@mantine/core';
import { useTenants, useVendors } from '../api/lists';
import { asProblem } from '../api/problem';

type Props = Omit<SelectProps, 'data'>;

export function troubleOf(error: Error | null): string | undefined {
  return error === null ? undefined : asProblem(error).message;
}

export function ChooseTenant({ error, ...props }: Props) {
  const tenants = useTenants();
  const data = (tenants.data?.items ?? []).map(one => ({ value: one.slug, label: one.name || one.slug }));
  return <Select searchable data={data} error={error ?? troubleOf(tenants.error)} {...props} />;
}

export function ChooseVendor({ error, ...props }: Props) {
  const vendors = useVendors();
  const data = (vendors.data?.items ?? []).map(one => ({ value: one.id, label: one.name }));
  return <Select searchable data={data} error={error ?? troubleOf(vendors.error)} {...props} />;
}
