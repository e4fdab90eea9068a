// SIP trunks to PBXs.
import { Button, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Page, api, request } from '../../api/client';
import { useMay } from '../../api/session';
import type { Device } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { Confirm } from '../../parts/confirm';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { Icon } from '../../parts/icons';
import { macPairs } from '../../parts/mac';
import { PageHead } from '../../parts/PageHead';
import { ShownOnce } from '../../parts/ShownOnce';
import { StateBadge } from '../../parts/State';
import { Ago } from '../../parts/Time';
import { Link } from '../../router/router';
import { AddTrunk } from './AddTrunk';
import { texts } from './texts';

const userOf = (trunk: Device) => trunk.settings['line.1.user'] ?? macPairs(trunk.mac);

function useFields(onShow: ((trunk: Device) => void) | null): Field<Device>[] {
  const t = useTexts(texts);
  return [
    { id: 'user', head: t.user, bare: true, render: trunk => <Link href={`/devices/${trunk.mac}`}>{userOf(trunk)}</Link> },
    { id: 'name', head: t.name, wide: true, render: trunk => trunk.settings['line.1.display_name'] ?? trunk.settings['line.1.label'] ?? '' },
    { id: 'pbx', head: t.pbx, render: trunk => <Link href={`/vendors/${trunk.vendor}`}>{trunk.vendor}</Link> },
    { id: 'tenant', head: t.tenant, render: trunk => <Link href={`/tenants/${trunk.tenant}`}>{trunk.tenant}</Link> },
    { id: 'state', head: t.state, render: trunk => <StateBadge state={trunk.state} /> },
    { id: 'seen', head: t.seen, from: 'md', render: trunk => <Ago at={trunk.last_seen} /> },
    {
      id: t.show,
      head: '',
      bare: true,
      align: 'right',
      render: trunk => onShow && trunk.state === 'armed' && (
        <Button size="compact-xs" variant="default" onClick={() => onShow(trunk)} aria-label={`${t.show}: ${userOf(trunk)}`}>
          {t.show}
        </Button>
      ),
    },
  ];
}

export default function Trunks() {
  const t = useTexts(texts);
  const may = useMay()('tenant-admin');
  const client = useQueryClient();
  const query = useQuery({ queryKey: ['trunks'], queryFn: ({ signal }) => api.get<Page<Device>>('/v1/trunks', { limit: 1000 }, signal) });
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<Device | null>(null);
  const [file, setFile] = useState<{ user: string; text: string } | null>(null);
  const fields = useFields(may ? setAsked : null);
  const show = async () => {
    if (!asked) return;
    const answer = await request('POST', `/v1/trunks/${asked.mac}/file`, { body: {} });
    setFile({ user: userOf(asked), text: await answer.text() });
    await client.invalidateQueries({ queryKey: ['trunks'] });
  };
  return (
    <>
      <PageHead
        title={t.title}
        lead={query.data && (query.data.next ? t.leadFirst(query.data.items.length) : t.lead(query.data.items.length))}
        actions={
          may && (
            <Button onClick={() => setAdding(true)} leftSection={<Icon name="plus" size={16} />}>
              {t.add}
            </Button>
          )
        }
      />
      <div className="panel">
        <Answer of={query} padded>
          {page =>
            page.items.length === 0 ? (
              <Empty icon="link" {...(may ? { action: { label: t.add, onClick: () => setAdding(true) } } : {})}>
                {t.empty}
              </Empty>
            ) : (
              <DataTable label={t.title} fields={fields} rows={page.items} rowKey={trunk => trunk.mac} />
            )
          }
        </Answer>
      </div>
      {adding && <AddTrunk onClose={() => setAdding(false)} />}
      <Confirm opened={asked !== null} title={t.showTitle} confirm={t.show} onClose={() => setAsked(null)} onConfirm={show}>
        <Text size="sm">{t.showText}</Text>
      </Confirm>
      {file !== null && <ShownOnce title={t.fileTitle(file.user)} secret={file.text} once={t.fileOnce} onClose={() => setFile(null)} />}
    </>
  );
}
