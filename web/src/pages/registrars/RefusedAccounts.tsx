import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { RefusedAccount, RegistrarShown } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { DataTable, type Field } from '../../parts/DataTable';
import { macPairs } from '../../parts/mac';
import { Link } from '../../router/router';
import { texts } from './texts';

export function RefusedAccounts({ name }: { name: string }) {
  const t = useTexts(texts);
  const query = useQuery({ queryKey: ['registrars', name], queryFn: ({ signal }) => api.get<RegistrarShown>(`/v1/registrars/${encodeURIComponent(name)}`, {}, signal) });
  const fields: Field<RefusedAccount>[] = [
    { id: 'user', head: t.user, render: one => <span className="mono">{`${one.user}@${one.realm}`}</span> },
    { id: 'device', head: t.device, render: one => <Link className="mono" href={`/devices/${one.device}`}>{macPairs(one.device)}</Link> },
    { id: 'tries', head: t.tries, align: 'right', render: one => one.tries },
    { id: 'trouble', head: t.trouble, wide: true, render: one => one.trouble },
  ];
  return (
    <>
      <Text fw={600} size="sm" mt="sm">
        {t.refusedTitle}
      </Text>
      <Answer of={query} rows={2}>
        {data => <DataTable label={t.refusedTitle} fields={fields} rows={data.refused_accounts} rowKey={one => String(one.id)} />}
      </Answer>
    </>
  );
}
