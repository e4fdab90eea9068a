import { Text } from '@mantine/core';
import type { Device } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { macPairs } from '../../parts/mac';
import { Rating, StateBadge } from '../../parts/State';
import { Ago } from '../../parts/Time';
import type { Column } from '../../parts/VirtualTable';
import { Link } from '../../router/router';
import { lineOf } from './list';
import { texts } from './texts';

export function useColumns(): Column<Device>[] {
  const t = useTexts(texts);
  return [
    {
      id: 'mac',
      sort: 'mac',
      head: t.mac,
      width: '146px',
      render: device => (
        <Link className="mono" href={`/devices/${device.mac}`}>
          {macPairs(device.mac)}
        </Link>
      ),
    },
    { id: 'name', head: t.name, render: lineOf },
    {
      id: 'model',
      sort: 'model',
      head: t.model,
      from: 'sm',
      render: device => (
        <>
          {device.model || '–'}{' '}
          <Text span size="xs" c="dimmed">
            {device.vendor}
          </Text>
        </>
      ),
    },
    { id: 'tenant', sort: 'tenant', head: t.tenant, render: device => device.tenant, from: 'md' },
    { id: 'site', sort: 'site', head: t.site, render: device => device.site || '–', from: 'lg' },
    { id: 'state', sort: 'state', head: t.state, width: '112px', render: device => <StateBadge state={device.state} /> },
    { id: 'rating', sort: 'rating', head: t.rating, width: '84px', from: 'sm', render: device => <Rating stars={device.rating} /> },
    { id: 'seen', sort: 'last_seen', head: t.seen, width: '140px', from: 'md', render: device => <Ago at={device.last_seen} /> },
  ];
}
