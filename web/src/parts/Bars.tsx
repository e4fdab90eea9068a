// How many of each, as bars beside words and figures: read by everyone, so it needs no table beside it. Each leads to
// its list.
import type { ReactNode } from 'react';
import { number, percent } from '../i18n/format';
import { Link } from '../router/router';
import classes from './Bars.module.css';

export interface Bar {
  key: string;
  label: ReactNode;
  count: number;
  href?: string;
  tone?: 'good' | 'warn' | 'bad' | 'note';
}

export function Bars({ bars, label, shares = false }: { bars: Bar[]; label: string; shares?: boolean }) {
  const most = Math.max(1, ...bars.map(bar => bar.count));
  const total = Math.max(1, bars.reduce((sum, bar) => sum + bar.count, 0));
  return (
    <ul className={classes.bars} aria-label={label}>
      {bars.map(bar => {
        const inside = (
          <>
            <span className={classes.label}>{bar.label}</span>
            <span className={classes.count}>
              {number(bar.count)}
              {shares && <span className={classes.share}>{percent(bar.count / total)}</span>}
            </span>
            <span className={classes.track} aria-hidden="true">
              <span className={classes.fill} data-tone={bar.tone} style={{ width: bar.count === 0 ? 0 : `max(2px, ${(bar.count / most) * 100}%)` }} />
            </span>
          </>
        );
        return (
          <li key={bar.key}>
            {bar.href ? (
              <Link href={bar.href} className={`${classes.row} ${classes.way}`}>
                {inside}
              </Link>
            ) : (
              <span className={classes.row}>{inside}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
