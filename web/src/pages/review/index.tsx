// What was suspicious since somebody last looked: by weight, by where it came from, by whom it concerns.
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { every } from '../../api/again';
import { api } from '../../api/client';
import { useMay } from '../../api/session';
import type { CountWithTopics, Review } from '../../api/types';
import { dateTime, number } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { Bars } from '../../parts/Bars';
import { Empty } from '../../parts/Empty';
import { Icon } from '../../parts/icons';
import { Note } from '../../parts/Note';
import { PageHead } from '../../parts/PageHead';
import { Section } from '../../parts/Section';
import { StatTile, Tiles } from '../../parts/StatTile';
import { Link, useQueryState } from '../../router/router';
import { FindingCard } from './FindingCard';
import { MarkDialog } from './MarkDialog';
import { type By, findingsOf, weights } from './review';
import classes from './review.module.css';
import { SourceMap } from './SourceMap';
import { texts } from './texts';

const hrefOf = (by: By) => (name: string) => `/review?${by}=${encodeURIComponent(name)}`;

function Figures({ review }: { review: Review }) {
  const t = useTexts(texts);
  return (
    <Tiles>
      <StatTile label={t.events} value={number(review.events)} href="/events" />
      <StatTile label={t.answered} value={number(review.answered)} />
      <StatTile label={t.refused} value={number(review.refused)} href="/events?refused=true" tone={review.refused > 0 ? 'warn' : undefined} />
      <StatTile label={t.deliveries} value={number(review.deliveries)} note={review.deliveries_broken > 0 ? t.broken(review.deliveries_broken) : undefined} />
      {review.missed > 0 && <StatTile label={t.missed} value={number(review.missed)} tone="bad" />}
      <StatTile label={t.bansNow} value={number(review.bans_in_force)} href="/bans" />
    </Tiles>
  );
}

function PlaceBars({ title, by, places }: { title: string; by: By; places: CountWithTopics[] }) {
  const t = useTexts(texts);
  return (
    <Section title={title}>
      {places.length === 0 ? (
        <Empty icon="check">{t.nobody}</Empty>
      ) : (
        <Bars label={title} bars={places.slice(0, 10).map(place => ({ key: place.name, label: <span className={by === 'network' ? 'mono' : ''}>{place.name}</span>, count: place.count, href: hrefOf(by)(place.name) }))} />
      )}
    </Section>
  );
}

function Findings({ review, chosen }: { review: Review; chosen: Partial<Record<By, string>> }) {
  const t = useTexts(texts);
  const found = findingsOf(review, chosen);
  const titles = { act: t.act, look: t.look, note: t.noteWeight };
  const notes = { act: t.actNote, look: t.lookNote, note: t.noteNote };
  const name = chosen.network ?? chosen.vendor ?? chosen.tenant;
  return (
    <div className={classes.stack}>
      {name && (
        <Group gap="xs">
          {t.filtered(name)}
          <Button component={Link} href="/review" size="compact-sm" variant="light">
            {t.showAll}
          </Button>
        </Group>
      )}
      {found.length === 0 && (
        <div className="panel">
          <Empty icon="shieldCheck">{name ? t.noFit : t.allCalm}</Empty>
        </div>
      )}
      {weights.map(weight => {
        const some = found.filter(finding => finding.weight === weight);
        if (some.length === 0) return null;
        return (
          <Section key={weight} title={`${titles[weight]} (${some.length})`} note={notes[weight]} flush>
            {some.map(finding => (
              <FindingCard key={finding.topic} finding={finding} />
            ))}
          </Section>
        );
      })}
    </div>
  );
}

export default function ReviewPage() {
  const t = useTexts(texts);
  const may = useMay();
  const [values, setValues] = useQueryState();
  const [marking, setMarking] = useState(false);
  const query = useQuery({ queryKey: ['review', values.after ?? ''], queryFn: ({ signal }) => api.get<Review>('/v1/review', { after: values.after }, signal), refetchInterval: every(60_000) });
  const review = query.data;
  return (
    <>
      <PageHead
        title={t.title}
        lead={review && (review.last ? t.lead(dateTime(review.from), review.last.by) : t.leadFirst)}
        actions={
          review && (
            <>
              {review.after > 0 && (
                <Button variant="subtle" size="xs" onClick={() => setValues({ after: '0' })}>
                  {t.further}
                </Button>
              )}
              <Button component="a" href="/v1/review?format=html" target="_blank" variant="default" leftSection={<Icon name="file" size={15} />}>
                {t.print}
              </Button>
              {may('platform') && (
                <Button onClick={() => setMarking(true)} leftSection={<Icon name="check" size={16} />}>
                  {t.mark}
                </Button>
              )}
            </>
          )
        }
      />
      <Answer of={query} rows={12}>
        {data => (
          <div className={classes.stack}>
            {data.due && (
              <Note icon="bell">{t.due}</Note>
            )}
            <Figures review={data} />
            <div className={classes.columns}>
              <Findings review={data} chosen={values} />
              <div className={`${classes.stack} ${classes.aside}`}>
                <Section title={t.map} note={t.mapNote}>
                  <SourceMap networks={data.by_network} hrefOf={hrefOf('network')} />
                </Section>
                <PlaceBars title={t.byNetwork} by="network" places={data.by_network} />
                <PlaceBars title={t.byVendor} by="vendor" places={data.by_vendor} />
                <PlaceBars title={t.byTenant} by="tenant" places={data.by_tenant} />
              </div>
            </div>
          </div>
        )}
      </Answer>
      {marking && review && <MarkDialog review={review} onClose={() => setMarking(false)} />}
    </>
  );
}
