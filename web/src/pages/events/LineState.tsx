import { Tooltip } from '@mantine/core';
import { useTexts } from '../../i18n/texts';
import classes from './events.module.css';
import type { Feed } from './live';
import { texts } from './texts';

// Whether one sees what happens now: in a word, with a dot.
export function LineState({ feed }: { feed: Feed }) {
  const t = useTexts(texts);
  const word = feed.paused ? t.paused : t[feed.line];
  const state = (
    <span className={classes.line} data-line={feed.paused ? 'paused' : feed.line} role="status">
      <span className={classes.dot} aria-hidden="true" />
      {word}
    </span>
  );
  return feed.line === 'polling' && !feed.paused ? <Tooltip label={t.pollingHint}>{state}</Tooltip> : state;
}
