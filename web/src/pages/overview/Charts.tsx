import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { useHistory } from '../../api/fleet';
import type { FleetHistory } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { Chart } from '../../parts/Chart';
import { Empty } from '../../parts/Empty';
import { Section } from '../../parts/Section';
import { type Series, type Span, secondsOf, topSeries } from '../../parts/series';
import { deviceStates, stateTexts } from '../../parts/State';
import { useQueryState } from '../../router/router';
import classes from './overview.module.css';
import { texts } from './texts';

const spanNames: Span[] = ['day', 'week', 'month', 'quarter'];

export function useSpan(): [Span, (next: Span) => void] {
  const [values, setValues] = useQueryState();
  const span = spanNames.find(one => one === values.span) ?? 'day';
  return [span, next => setValues({ span: next === 'day' ? null : next })];
}

export function SpanChoice() {
  const t = useTexts(texts);
  const [span, setSpan] = useSpan();
  return <SegmentedControl size="xs" aria-label={t.span} value={span} onChange={value => setSpan(value as Span)} data={spanNames.map(value => ({ value, label: t[value] }))} />;
}

function useStates(history: FleetHistory): Series[] {
  const t = useTexts(stateTexts);
  return useMemo(() => {
    const given = history.series.states;
    const order = ['provisioned', 'grace', 'delivering', 'armed', 'registered', 'expired', 'retired'] as const;
    return order.filter(state => deviceStates.includes(state) && given[state]?.some(Boolean)).map(state => ({ key: state, label: t[state], values: given[state] ?? [], href: `/devices?state=${state}`, color: `--state-${state}` }));
  }, [history, t]);
}

function useRefusals(history: FleetHistory): Series[] {
  const t = useTexts(texts);
  return useMemo(
    () => topSeries(history.series.refusals_by_rule, 6, t.other).map(one => ({ ...one, href: one.key ? `/events?refused=true&rule=${encodeURIComponent(one.key)}` : '/events?refused=true' })),
    [history, t],
  );
}

function Drawn({ history }: { history: FleetHistory }) {
  const t = useTexts(texts);
  const times = useMemo(() => secondsOf(history.times), [history]);
  const states = useStates(history);
  const refusals = useRefusals(history);
  const traffic = useMemo<Series[]>(
    () => [
      { key: 'visits', label: t.visits, values: history.series.visits, href: '/events?kind=visit' },
      { key: 'delivered', label: t.delivered, values: history.series.delivered, href: '/audit?kind=delivery.ended' },
    ],
    [history, t],
  );
  if (times.length < 2) return <Empty icon="chart">{t.quiet}</Empty>;
  return (
    <>
      <Section title={t.states} note={t.statesNote}>
        {states.length === 0 ? <Empty icon="chart">{t.quiet}</Empty> : <Chart label={t.states} times={times} series={states} kind="stack" height={210} />}
      </Section>
      <div className={classes.pair}>
        <Section title={t.refusals} note={t.refusalsNote}>
          {refusals.length === 0 ? <Empty icon="check">{t.noRefusals}</Empty> : <Chart label={t.refusals} times={times} series={refusals} kind="bars" height={190} />}
        </Section>
        <Section title={t.traffic} note={t.trafficNote}>
          <Chart label={t.traffic} times={times} series={traffic} kind="lines" height={190} />
        </Section>
      </div>
    </>
  );
}

export function Charts() {
  const [span] = useSpan();
  return (
    <Answer of={useHistory(span)} rows={7}>
      {history => <Drawn history={history} />}
    </Answer>
  );
}
