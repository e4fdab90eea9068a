// uPlot's options in the desk's colours, fonts and language.
import type uPlot from 'uplot';
import { number } from '../i18n/format';
import { language } from '../i18n/language';
import type { Series } from './series';

export type ChartKind = 'lines' | 'stack' | 'bars';

interface Wanted {
  Plot: typeof uPlot;
  series: Series[];
  kind: ChartKind;
  width: number;
  height: number;
  onPoint: (at: number | null) => void;
}

const font = '11px "IBM Plex Sans Variable", system-ui, sans-serif';
const wholeSteps = [1, 2, 5].flatMap(one => [0, 1, 2, 3, 4, 5, 6].map(power => one * 10 ** power)).toSorted((a, b) => a - b);

function css(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function colorOf(series: Series, place: number): string {
  return css(series.color ?? `--series-${place % 8}`);
}

// Days are named by date, parts of a day by the clock.
function timeLabels(splits: number[], step: number): string[] {
  const locale = language() === 'de' ? 'de-DE' : 'en-GB';
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  return splits.map(at => {
    const moment = new Date(at * 1000);
    const midnight = moment.getHours() === 0 && moment.getMinutes() === 0;
    return step >= 86_400 || midnight ? day.format(moment) : clock.format(moment);
  });
}

function drawn({ Plot, series, kind }: Wanted): uPlot.Series[] {
  const bars = kind === 'bars' ? Plot.paths.bars?.({ size: [0.75, 48] }) : undefined;
  const all = series.map((one, place): uPlot.Series => {
    const color = colorOf(one, place);
    return {
      label: one.label,
      stroke: color,
      width: kind === 'lines' ? 2 : 1,
      ...(kind === 'lines' ? {} : { fill: color }),
      ...(bars ? { paths: bars } : {}),
      points: { show: false },
    };
  });
  return kind === 'lines' ? all : all.toReversed(); // the highest first: those below are drawn over it
}

// Half a step more at both ends, where the first and last bar stand.
const roomForBars: uPlot.Scale.Range = (plot, least, most) => {
  const times = plot.data[0];
  const half = times.length > 1 ? ((times[1] ?? 0) - (times[0] ?? 0)) / 2 : 1800;
  return [least - half, most + half];
};

export function optionsOf(wanted: Wanted): uPlot.Options {
  const quiet = css('--chart-text');
  const line = css('--chart-line');
  return {
    width: wanted.width,
    height: wanted.height,
    padding: [10, 18, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { show: wanted.kind === 'lines' }, drag: { x: false, y: false } },
    scales: { x: wanted.kind === 'bars' ? { time: true, range: roomForBars } : { time: true }, y: { range: (_, __, most) => [0, Math.max(4, most * 1.08)] } },
    series: [{}, ...drawn(wanted)],
    axes: [
      {
        stroke: quiet,
        font,
        grid: { show: false },
        ticks: { stroke: line, width: 1, size: 4 },
        size: 30,
        space: 64,
        values: (_, splits, __, ___, step) => timeLabels(splits, step),
      },
      {
        stroke: quiet,
        font,
        grid: { stroke: line, width: 1 },
        ticks: { show: false },
        size: 46,
        incrs: wholeSteps,
        values: (_, splits) => splits.map(value => number(value)),
      },
    ],
    hooks: { setCursor: [plot => wanted.onPoint(plot.cursor.idx ?? null)] },
  };
}
