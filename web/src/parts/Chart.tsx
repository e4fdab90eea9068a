// Values over time, drawn by uPlot. Its legend leads to the lists behind the figures; a table says the same to those
// who do not see it, or want the numbers.
import { Button, Group, useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState } from 'react';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { dateTime, number } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { defineTexts, useTexts } from '../i18n/texts';
import { Link } from '../router/router';
import { ChartTable } from './ChartTable';
import { type ChartKind, optionsOf } from './chart-options';
import './chart.css';
import { type Series, lastOf, stacked } from './series';

export const chartTexts = defineTexts({
  en: { asTable: 'As a table', asChart: 'As a chart', time: 'Time', latest: 'latest' },
  de: { asTable: 'Als Tabelle', asChart: 'Als Diagramm', time: 'Zeit', latest: 'zuletzt' },
});

interface Props {
  label: string; // what it shows, in words
  times: number[]; // seconds since 1970, ascending
  series: Series[];
  kind: ChartKind;
  height?: number;
}

function Legend({ series, at, times }: { series: Series[]; at: number | null; times: number[] }) {
  const t = useTexts(chartTexts);
  const moment = at === null ? null : times[at];
  return (
    <ul className="chart-legend">
      {series.map((one, i) => {
        const value = at === null ? lastOf(one.values) : one.values[at];
        const words = (
          <>
            <span className="chart-key" data-series={i} data-color={one.color} aria-hidden="true" />
            {one.label} <b>{value === null || value === undefined ? '–' : number(value)}</b>
          </>
        );
        return <li key={one.key || one.label}>{one.href ? <Link href={one.href} className="plain">{words}</Link> : words}</li>;
      })}
      <li className="chart-moment">{moment === null || moment === undefined ? t.latest : dateTime(new Date(moment * 1000))}</li>
    </ul>
  );
}

// Draws into a box, again whenever what it shows, the width or the colours change.
function useDrawing({ times, series, kind, height = 200 }: Props, onPoint: (at: number | null) => void) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const box = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme();
  const language = useLanguage();
  useEffect(() => {
    const into = box.current;
    if (into === null || width < 40) return;
    let chart: uPlot | null = null;
    let gone = false;
    void import('uplot').then(({ default: Plot }) => {
      if (gone) return;
      const heights = kind === 'lines' ? series.map(one => one.values) : stacked(series).toReversed();
      chart = new Plot(optionsOf({ Plot, series, kind, width, height, onPoint }), [times, ...heights] as uPlot.AlignedData, into);
    });
    return () => {
      gone = true;
      chart?.destroy();
    };
  }, [times, series, kind, width, height, scheme, language, onPoint]);
  return { ref, box };
}

export function Chart(props: Props) {
  const { label, times, series, height = 200 } = props;
  const t = useTexts(chartTexts);
  const [table, setTable] = useState(false);
  const [at, setAt] = useState<number | null>(null);
  const { ref, box } = useDrawing(props, setAt);
  const summary = useMemo(() => series.map(one => `${one.label}: ${number(lastOf(one.values) ?? 0)}`).join(', '), [series]);
  return (
    <div className="chart" ref={ref}>
      {table ? (
        <ChartTable label={label} times={times} series={series} />
      ) : (
        <div ref={box} role="img" aria-label={`${label}. ${t.latest}: ${summary}`} className="chart-canvas" style={{ height }} />
      )}
      <Group justify="space-between" align="flex-start" gap="xs" wrap="nowrap">
        <Legend series={series} at={at} times={times} />
        <Button className="no-print" variant="subtle" size="compact-xs" flex="none" onClick={() => setTable(!table)} aria-label={`${label}: ${table ? t.asChart : t.asTable}`}>
          {table ? t.asChart : t.asTable}
        </Button>
      </Group>
    </div>
  );
}
