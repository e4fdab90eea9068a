// Who is kept out, why, and how long; to add by hand, and to lift.
import { Button, Switch, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { every } from '../../api/again';
import { type Page, api } from '../../api/client';
import { useMay } from '../../api/session';
import type { Ban } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { Confirm } from '../../parts/confirm';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { Icon } from '../../parts/icons';
import { PageHead } from '../../parts/PageHead';
import { Pill } from '../../parts/State';
import { Ago } from '../../parts/Time';
import { Link, useQueryState } from '../../router/router';
import { AddBan } from './AddBan';
import { texts } from './texts';

function useFields(onLift: ((ban: Ban) => void) | null): Field<Ban>[] {
  const t = useTexts(texts);
  const until = (ban: Ban) => {
    if (!ban.holds) return <Pill tone="note">{t.over}</Pill>;
    return ban.until ? <Ago at={ban.until} /> : t.forever;
  };
  const fields: Field<Ban>[] = [
    { id: 'network', head: t.network, render: ban => <Link className="mono" href={`/events?q=${encodeURIComponent(ban.network.replace(/\/(32|128)$/, ''))}`}>{ban.network}</Link> },
    { id: 'why', head: t.why, wide: true, render: ban => ban.evidence },
    { id: 'rule', head: t.rule, render: ban => (ban.rule === 'by-hand' ? `${t.byHand}: ${ban.actor ?? ''}` : <Link href={`/events?rule=${ban.rule}`}>{ban.rule}</Link>) },
    { id: 'level', head: t.level, from: 'lg', render: ban => t.levelNth(ban.level) },
    { id: 'made', head: t.made, from: 'md', render: ban => <Ago at={ban.made} /> },
    { id: 'until', head: t.until, render: until },
  ];
  if (onLift !== null)
    fields.push({
      id: t.lift,
      head: '',
      bare: true,
      align: 'right',
      render: ban => ban.holds && (
        <Button size="compact-xs" variant="default" onClick={() => onLift(ban)} aria-label={`${t.lift}: ${ban.network}`}>
          {t.lift}
        </Button>
      ),
    });
  return fields;
}

export default function Bans() {
  const t = useTexts(texts);
  const may = useMay();
  const client = useQueryClient();
  const [values, setValues] = useQueryState();
  const [adding, setAdding] = useState(Boolean(values.network));
  const [lifting, setLifting] = useState<Ban | null>(null);
  const all = values.all === 'true';
  const query = useQuery({ queryKey: ['bans', all], queryFn: ({ signal }) => api.get<Page<Ban>>('/v1/bans', { all: all || undefined }, signal), refetchInterval: every(30_000) });
  const fields = useFields(may('platform') ? setLifting : null);
  const lift = async () => {
    if (!lifting) return;
    await api.remove(`/v1/bans/${lifting.id}`);
    notifications.show({ message: t.lifted(lifting.network), color: 'green' });
    await client.invalidateQueries({ queryKey: ['bans'] });
  };
  const closeAdd = () => {
    setAdding(false);
    setValues({ network: null });
  };
  return (
    <>
      <PageHead
        title={t.title}
        lead={query.data && t.lead(query.data.items.filter(ban => ban.holds).length)}
        actions={
          <>
            <Switch label={t.ended} checked={all} onChange={event => setValues({ all: event.currentTarget.checked ? 'true' : null })} />
            <Button component="a" href="/v1/bans?format=nft" target="_blank" variant="default" title={t.nftHint} leftSection={<Icon name="file" size={15} />}>
              {t.nft}
            </Button>
            {may('platform') && (
              <Button onClick={() => setAdding(true)} leftSection={<Icon name="ban" size={16} />}>
                {t.add}
              </Button>
            )}
          </>
        }
      />
      <div className="panel">
        <Answer of={query} padded>
          {page =>
            page.items.length === 0 ? (
              <Empty icon="ban" {...(may('platform') ? { action: { label: t.add, onClick: () => setAdding(true) } } : {})}>
                {t.empty}
              </Empty>
            ) : (
              <DataTable label={t.title} fields={fields} rows={page.items.toSorted((a, b) => Number(b.holds) - Number(a.holds) || b.id - a.id)} rowKey={ban => String(ban.id)} rowTone={ban => (ban.holds ? undefined : 'note')} />
            )
          }
        </Answer>
      </div>
      {adding && <AddBan network={values.network ?? ''} onClose={closeAdd} />}
      <Confirm opened={lifting !== null} title={lifting ? t.liftTitle(lifting.network) : ''} confirm={t.lift} onClose={() => setLifting(null)} onConfirm={lift}>
        <Text size="sm">{t.liftText}</Text>
      </Confirm>
    </>
  );
}
