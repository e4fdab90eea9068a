// The hardening profile, and where a rule of it is lifted.
import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Page, api } from '../../api/client';
import { useMay } from '../../api/session';
import type { Exception, HardeningRule } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { Confirm } from '../../parts/confirm';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { Icon } from '../../parts/icons';
import { macPairs } from '../../parts/mac';
import { PageHead } from '../../parts/PageHead';
import { Section } from '../../parts/Section';
import { Pill } from '../../parts/State';
import { Ago } from '../../parts/Time';
import { Link } from '../../router/router';
import { Lift } from './Lift';
import { texts } from './texts';

function Where({ one }: { one: Exception }) {
  if (one.device)
    return (
      <Link className="mono" href={`/devices/${one.device}`}>
        {macPairs(one.device)}
      </Link>
    );
  const narrower = [one.site, one.vendor, one.model].filter(Boolean).join(', ');
  return (
    <>
      {one.tenant && <Link href={`/tenants/${one.tenant}`}>{one.tenant}</Link>} {narrower}
    </>
  );
}

function useExceptionFields(onRestore: ((one: Exception) => void) | null): Field<Exception>[] {
  const t = useTexts(texts);
  const until = (one: Exception) => {
    if (!one.holds) return <Pill tone="note">{t.over}</Pill>;
    return one.until ? <Ago at={one.until} /> : t.forever;
  };
  return [
    { id: 'rule', head: t.rule, bare: true, render: one => <Pill tone="warn">{one.rule}</Pill> },
    { id: 'where', head: t.where, render: one => <Where one={one} /> },
    { id: 'reason', head: t.reason, wide: true, render: one => one.reason },
    { id: 'owner', head: t.owner, render: one => one.owner },
    { id: 'since', head: t.since, from: 'lg', render: one => <Ago at={one.made} /> },
    { id: 'until', head: t.until, render: until },
    {
      id: t.restore,
      head: '',
      bare: true,
      align: 'right',
      render: one => onRestore && (
        <Button size="compact-xs" variant="default" onClick={() => onRestore(one)} aria-label={`${t.restore}: ${one.rule}`}>
          {t.restore}
        </Button>
      ),
    },
  ];
}

function Rules({ rules }: { rules: HardeningRule[] }) {
  const t = useTexts(texts);
  const tones = { high: 'bad', medium: 'warn', low: 'note' } as const;
  const fields: Field<HardeningRule>[] = [
    { id: 'says', head: t.says, wide: true, bare: true, render: rule => rule.says },
    { id: 'rule', head: t.rule, render: rule => <span className="mono">{rule.rule}</span> },
    { id: 'severity', head: t.severity, render: rule => <Pill tone={tones[rule.severity]}>{t[`s_${rule.severity}`]}</Pill> },
    { id: 'values', head: t.values, from: 'md', render: rule => rule.values.join(', ') },
    { id: 'requirement', head: t.requirement, from: 'lg', render: rule => rule.requirement },
  ];
  return (
    <Section title={t.rules(rules.length)} note={t.rulesNote} flush>
      <DataTable label={t.rules(rules.length)} fields={fields} rows={rules} rowKey={rule => rule.rule} />
    </Section>
  );
}

export default function Hardening() {
  const t = useTexts(texts);
  const may = useMay()('tenant-admin');
  const client = useQueryClient();
  const [lifting, setLifting] = useState(false);
  const [restoring, setRestoring] = useState<Exception | null>(null);
  const exceptions = useQuery({ queryKey: ['exceptions'], queryFn: ({ signal }) => api.get<Page<Exception>>('/v1/exceptions', {}, signal) });
  const rules = useQuery({ queryKey: ['hardening'], queryFn: ({ signal }) => api.get<Page<HardeningRule>>('/v1/hardening', {}, signal), staleTime: 600_000 });
  const fields = useExceptionFields(may ? setRestoring : null);
  const restore = async () => {
    await api.remove(`/v1/exceptions/${restoring?.id}`);
    notifications.show({ message: t.restored, color: 'green' });
    await client.invalidateQueries({ queryKey: ['exceptions'] });
  };
  const lift = may && rules.data && (
    <Button size="xs" variant="default" onClick={() => setLifting(true)} leftSection={<Icon name="lock" size={14} />}>
      {t.lift}
    </Button>
  );
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      <Section title={t.exceptions} note={t.exceptionsNote} actions={lift} flush>
        <Answer of={exceptions} padded rows={3}>
          {page => (page.items.length === 0 ? <Empty icon="lock">{t.empty}</Empty> : <DataTable label={t.exceptions} fields={fields} rows={page.items} rowKey={one => String(one.id)} rowTone={one => (!one.holds ? 'note' : undefined)} />)}
        </Answer>
      </Section>
      <Text component="div" mt="md">
        <Answer of={rules}>{page => <Rules rules={page.items} />}</Answer>
      </Text>
      {lifting && rules.data && <Lift rules={rules.data.items} onClose={() => setLifting(false)} />}
      <Confirm opened={restoring !== null} title={restoring ? t.restoreTitle(restoring.rule) : ''} confirm={t.restore} onClose={() => setRestoring(null)} onConfirm={restore}>
        <Text size="sm">{t.restoreText}</Text>
      </Confirm>
    </>
  );
}
