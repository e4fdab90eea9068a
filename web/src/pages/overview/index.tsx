// What needs a person now, and how the fleet fares. Every figure leads to its list.
import { Button } from '@mantine/core';
import { useFleet, useHistory } from '../../api/fleet';
import type { Fleet } from '../../api/types';
import { number } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { Bars } from '../../parts/Bars';
import { Empty } from '../../parts/Empty';
import { Icon } from '../../parts/icons';
import { PageHead } from '../../parts/PageHead';
import { Section } from '../../parts/Section';
import { StatTile, Tiles } from '../../parts/StatTile';
import { deviceStates, stateTexts } from '../../parts/State';
import { Link } from '../../router/router';
import { toneOfState } from '../report/bars';
import { Charts, SpanChoice, useSpan } from './Charts';
import { Needs } from './Needs';
import classes from './overview.module.css';
import { RatingsNow } from './RatingsNow';
import { texts } from './texts';

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function Figures({ fleet }: { fleet: Fleet }) {
  const t = useTexts(texts);
  const [span] = useSpan();
  const history = useHistory(span).data;
  const refusals = history && Object.values(history.series.refusals_by_rule).reduce((sum, values) => sum + total(values), 0);
  const waiting = fleet.by_state.armed ?? 0;
  const expired = fleet.by_state.expired ?? 0;
  return (
    <Tiles>
      <StatTile label={t.devices} value={number(fleet.devices)} href="/devices" />
      <StatTile label={t.provisioned} value={number((fleet.by_state.provisioned ?? 0) + (fleet.by_state.grace ?? 0))} href="/devices?state=provisioned" tone="good" />
      <StatTile label={t.armed} value={number(waiting)} href="/devices?state=armed" />
      <StatTile label={t.neverSeen} value={number(fleet.never_seen)} href="/devices?never_seen=true" tone={fleet.never_seen > 0 ? 'warn' : undefined} />
      {expired > 0 && <StatTile label={t.expired} value={number(expired)} href="/devices?state=expired" tone="bad" />}
      {history && <StatTile label={t.visits} value={number(total(history.series.visits))} note={t.inSpan(t[span])} href="/events" />}
      {refusals !== undefined && <StatTile label={t.refused} value={number(refusals)} note={t.inSpan(t[span])} href="/events?refused=true" />}
    </Tiles>
  );
}

function StatesNow({ fleet }: { fleet: Fleet }) {
  const t = useTexts(texts);
  const s = useTexts(stateTexts);
  const bars = deviceStates.filter(state => fleet.by_state[state]).map(state => ({ key: state, label: s[state], count: fleet.by_state[state] ?? 0, href: `/devices?state=${state}`, tone: toneOfState[state] }));
  return (
    <Section title={t.states_now}>
      <Bars label={t.states_now} bars={bars} shares />
    </Section>
  );
}

function Filled({ fleet }: { fleet: Fleet }) {
  return (
    <div className={classes.stack}>
      <Needs list={fleet.attention} />
      <Figures fleet={fleet} />
      <Charts />
      <div className={classes.pair}>
        <StatesNow fleet={fleet} />
        <RatingsNow />
      </div>
    </div>
  );
}

export default function Overview() {
  const t = useTexts(texts);
  const fleet = useFleet();
  return (
    <>
      <PageHead
        title={t.title}
        lead={fleet.data && t.lead(fleet.data.devices, fleet.data.attention.length)}
        actions={
          <>
            <SpanChoice />
            <Button component={Link} href="/report" variant="default" size="xs" leftSection={<Icon name="chart" size={15} />}>
              {t.fullReport}
            </Button>
          </>
        }
      />
      <Answer of={fleet} rows={10}>
        {data =>
          data.devices === 0 && data.attention.length === 0 ? (
            <div className="panel">
              <Empty icon="phone" action={{ label: t.firstAction, href: '/import' }}>
                {t.firstText}
              </Empty>
            </div>
          ) : (
            <Filled fleet={data} />
          )
        }
      </Answer>
    </>
  );
}
