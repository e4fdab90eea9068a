// One figure with its name; where there is a list behind it, the tile is the way there.
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from '../router/router';
import type { Tone } from './State';
import classes from './StatTile.module.css';

interface Props {
  label: string;
  value: ReactNode;
  note?: ReactNode;
  href?: string;
  tone?: Tone;
}

export function StatTile({ label, value, note, href, tone }: Props) {
  const inside = (
    <>
      <span className={classes.label}>{label}</span>
      <span className={classes.value} data-tone={tone}>
        {value}
      </span>
      {note && (
        <Text span size="xs" c="dimmed">
          {note}
        </Text>
      )}
    </>
  );
  if (!href) return <div className={`panel ${classes.tile}`}>{inside}</div>;
  return (
    <Link href={href} className={`panel ${classes.tile} ${classes.way}`}>
      {inside}
    </Link>
  );
}

export function Tiles({ children }: { children: ReactNode }) {
  return <div className={classes.tiles}>{children}</div>;
}
