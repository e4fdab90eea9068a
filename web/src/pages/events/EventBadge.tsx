import type { EventRow } from '../../api/types';
import { Pill, type Tone } from '../../parts/State';

const worrying = /^(guard\.finding|ban\.added|tripwire|store\.|secret\.lost|registrar\.(away|refused)|expiry\.braked|device\.expired|review\.due|update\.advisory)/;

export function toneOf(event: EventRow): Tone {
  if (event.refused) return 'bad';
  if (worrying.test(event.kind)) return 'warn';
  return event.rule?.endsWith('delivery') ? 'good' : 'note';
}

export function nameOf(event: EventRow): string {
  const byRule = event.kind === 'visit' || event.kind === 'guard.finding';
  return (byRule && event.rule) || event.kind;
}

// A visit is named by the rule that decided it, a finding by what was found, all else by its kind.
export function EventBadge({ event }: { event: EventRow }) {
  return <Pill tone={toneOf(event)}>{nameOf(event)}</Pill>;
}
