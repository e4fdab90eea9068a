// Names and values in two columns.
import { Fragment, type ReactNode } from 'react';
import classes from './Facts.module.css';

export function Facts({ of }: { of: (readonly [string, ReactNode] | false | null | undefined)[] }) {
  return (
    <dl className={classes.facts}>
      {of
        .filter(pair => !!pair)
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
