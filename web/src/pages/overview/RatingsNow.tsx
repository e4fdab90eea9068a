import { Text } from '@mantine/core';
import { useRatings } from '../../api/fleet';
import type { Ratings } from '../../api/types';
import { number } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { Bars } from '../../parts/Bars';
import { Section } from '../../parts/Section';
import { Rating, type Tone } from '../../parts/State';
import { Link } from '../../router/router';
import classes from './overview.module.css';
import { ratingCounts } from './ratings';
import { texts } from './texts';

const tone = (stars: number): Tone => (stars >= 5 ? 'good' : stars >= 3 ? 'warn' : 'bad');

function Raise({ ratings }: { ratings: Ratings }) {
  const t = useTexts(texts);
  const lines = ratings.lines.filter(line => line.raise !== '').slice(0, 4);
  if (lines.length === 0)
    return (
      <Text size="sm" c="dimmed" mt="xs">
        {t.raiseNone}
      </Text>
    );
  return (
    <>
      <Text fw={600} size="sm" mt="sm">
        {t.raise}
      </Text>
      <ul className={classes.raise}>
        {lines.map(line => (
          <li key={`${line.vendor} ${line.reason} ${line.stars}`}>
            <Rating stars={line.stars} /> <Link className="inline" href={`/devices?vendor=${line.vendor}`}>{`${number(line.devices)} ${line.vendor}`}</Link>: {line.reason}. {line.raise}
          </li>
        ))}
      </ul>
    </>
  );
}

export function RatingsNow() {
  const t = useTexts(texts);
  return (
    <Section title={t.ratings} note={t.ratingsNote}>
      <Answer of={useRatings()}>
        {ratings => (
          <>
            <Bars label={t.ratings} shares bars={ratingCounts(ratings).map(({ stars, count }) => ({ key: String(stars), label: t.stars(stars), count, tone: tone(stars) }))} />
            <Raise ratings={ratings} />
          </>
        )}
      </Answer>
    </Section>
  );
}
