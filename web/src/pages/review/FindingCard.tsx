import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CountOf, ReviewFinding } from '../../api/types';
import { common } from '../../i18n/common';
import { dateTime, number } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Facts } from '../../parts/Facts';
import { macPairs } from '../../parts/mac';
import { Pill } from '../../parts/State';
import { Ago } from '../../parts/Time';
import { Link } from '../../router/router';
import classes from './review.module.css';
import { texts } from './texts';
import { topicWords } from './topics';

function Many({ of, more, show }: { of: CountOf[]; more?: boolean; show: (one: CountOf) => ReactNode }) {
  const t = useTexts(texts);
  return (
    <>
      {of.map((one, i) => (
        <span key={one.name}>
          {i > 0 && ', '}
          {show(one)}
          {one.count > 1 && ` (${number(one.count)})`}
        </span>
      ))}
      {more && ` ${t.more}`}
    </>
  );
}

const byRule = (one: CountOf) => <Link href={`/events?rule=${one.name}`}>{one.name}</Link>;

function Names({ finding }: { finding: ReviewFinding }) {
  const t = useTexts(texts);
  const mono = (href: (name: string) => string, shown: (name: string) => string) => (one: CountOf) => (
    <Link className="mono" href={href(one.name)}>
      {shown(one.name)}
    </Link>
  );
  return (
    <Facts
      of={[
        finding.sources.length > 0 && [t.sources, <Many key="s" of={finding.sources} more={finding.more_sources} show={mono(name => `/events?q=${encodeURIComponent(name)}`, name => name)} />],
        finding.devices.length > 0 && [t.devices, <Many key="d" of={finding.devices} more={finding.more_devices} show={mono(name => `/devices/${name}`, macPairs)} />],
        finding.tenants.length > 0 && [t.tenants, <Many key="t" of={finding.tenants} show={one => one.name} />],
        finding.vendors.length > 0 && [t.vendors, <Many key="v" of={finding.vendors} show={one => one.name} />],
        finding.reasons.length > 0 && [t.reasons, <Many key="r" of={finding.reasons} show={byRule} />],
      ]}
    />
  );
}

function Proofs({ finding }: { finding: ReviewFinding }) {
  const t = useTexts(texts);
  return (
    <>
      {finding.evidence.length > 0 && (
        <ul className={classes.lines} aria-label={t.evidence}>
          {finding.evidence.map(line => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {finding.examples.length > 0 && (
        <ul className={classes.lines} aria-label={t.examples}>
          {finding.examples.map(example => (
            <li key={example.event}>
              <Link href={`/events?event=${example.event}`}>{dateTime(example.at)}</Link> <span className="mono">{example.text}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

export function FindingCard({ finding }: { finding: ReviewFinding }) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const words = topicWords(finding);
  const tone = { act: 'bad', look: 'warn', note: 'note' } as const;
  return (
    <article className={classes.finding} data-weight={finding.weight}>
      <div className={classes.counts}>
        <Pill tone={tone[finding.weight]}>{finding.topic}</Pill>
        <span>{t.times(finding.count)}</span>
        {finding.networks > 0 && <span>{t.networksOf(finding.networks)}</span>}
        <span>
          <Ago at={finding.last} />
        </span>
      </div>
      <Text fw={600} size="md" mt={4}>
        {words.says}
      </Text>
      <Text size="sm" mb={6}>
        <b>{c.howToMend}:</b> {words.next}
      </Text>
      {finding.weight === 'act' && <Names finding={finding} />}
      <details>
        <summary>{c.details}</summary>
        {finding.weight !== 'act' && <Names finding={finding} />}
        <Proofs finding={finding} />
      </details>
    </article>
  );
}
