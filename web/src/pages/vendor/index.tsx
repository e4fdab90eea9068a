// One vendor: what it can't do first, then its scorecard, and all that is known.
import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { VendorCard } from '../../api/types';
import type { PageProps } from '../../app/routes';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { Icon } from '../../parts/icons';
import { Note } from '../../parts/Note';
import { PageHead } from '../../parts/PageHead';
import { Section } from '../../parts/Section';
import { Pill } from '../../parts/State';
import { Link } from '../../router/router';
import { GradeBadge } from '../vendors/Grades';
import { texts } from '../vendors/texts';
import { type Cannot, cannotDo } from '../vendors/vendors';
import classes from '../vendors/vendors.module.css';
import { Anchors, Files, Models, Paper, Protections, Sources } from './Tables';
import { Access, Setup } from './Ways';

function CannotDo({ card }: { card: VendorCard }) {
  const t = useTexts(texts);
  const list = cannotDo(card);
  const fields: Field<Cannot>[] = [
    { id: 'what', head: t.asked, wide: true, bare: true, render: one => one.what },
    { id: 'kind', head: '', bare: true, render: one => <Pill tone={one.kind === 'setting' ? 'note' : 'bad'}>{t[`kind_${one.kind}`]}</Pill> },
    { id: 'why', head: t.note, wide: true, render: one => <Text span size="sm" c="dimmed">{one.why}</Text> },
  ];
  return (
    <Section title={`${t.cannot} (${list.length})`} note={t.cannotNote} flush>
      {list.length === 0 ? <Empty icon="shieldCheck">{t.cannotNothing}</Empty> : <DataTable label={t.cannot} fields={fields} rows={list} rowKey={one => `${one.kind} ${one.what}`} />}
    </Section>
  );
}

function Filled({ card }: { card: VendorCard }) {
  const t = useTexts(texts);
  return (
    <div className={classes.stack}>
      <div>
        <GradeBadge grade={card.grade} /> <Text span size="sm">{card.paper}</Text>
      </div>
      {card.scorecard.warnings.length > 0 && (
        <Note title={t.warnings}>
          <ul>
            {card.scorecard.warnings.map(one => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Note>
      )}
      <CannotDo card={card} />
      <Paper card={card} />
      <div className={classes.pair}>
        <Access card={card} />
        <Setup card={card} />
      </div>
      <Anchors card={card} />
      <Protections card={card} />
      <Files card={card} />
      <Models card={card} />
      <Sources card={card} />
    </div>
  );
}

export default function Vendor({ params }: PageProps) {
  const t = useTexts(texts);
  const id = params.vendor ?? '';
  const query = useQuery({ queryKey: ['vendor', id], queryFn: ({ signal }) => api.get<VendorCard>(`/v1/vendors/${encodeURIComponent(id)}`, {}, signal), staleTime: 600_000 });
  return (
    <>
      <PageHead
        title={query.data?.name ?? id}
        lead={query.data?.summary}
        actions={
          <>
            <Button component={Link} href="/vendors" variant="subtle" size="xs">
              {t.back}
            </Button>
            <Button component={Link} href={`/devices?vendor=${id}`} variant="default" size="xs" leftSection={<Icon name="phone" size={14} />}>
              {t.devicesOf}
            </Button>
            <Button component={Link} href={`/trust?vendor=${id}`} variant="default" size="xs" leftSection={<Icon name="shield" size={14} />}>
              {t.trustOf}
            </Button>
          </>
        }
      />
      <Answer of={query} rows={12}>
        {card => <Filled card={card} />}
      </Answer>
    </>
  );
}
