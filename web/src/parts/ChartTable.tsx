import { Box } from '@mantine/core';
import { dateTime, number } from '../i18n/format';
import { useTexts } from '../i18n/texts';
import { chartTexts } from './Chart';
import type { Series } from './series';

// Newest first.
export function ChartTable({ label, times, series }: { label: string; times: number[]; series: Series[] }) {
  const t = useTexts(chartTexts);
  return (
    <Box className="chart-table" tabIndex={0} role="region" aria-label={label}>
      <table>
        <caption className="unseen">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t.time}</th>
            {series.map(one => (
              <th key={one.key || one.label} scope="col">
                {one.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times
            .map((at, i) => (
              <tr key={at}>
                <th scope="row">{dateTime(new Date(at * 1000))}</th>
                {series.map(one => (
                  <td key={one.key || one.label}>{number(one.values[i] ?? 0)}</td>
                ))}
              </tr>
            ))
            .toReversed()}
        </tbody>
      </table>
    </Box>
  );
}
