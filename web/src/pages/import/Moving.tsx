import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../api/client';
import type { ImportJob } from '../../api/types';
import { useAttempt } from '../../factors/useAttempt';
import { countdown } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { ProblemNote } from '../../parts/Problem';
import { texts } from './texts';

// Rows a second since this page began to look.
function useRate(job: ImportJob): number {
  const from = useRef<{ at: number; rows: number; state: string } | null>(null);
  const [rate, setRate] = useState(0);
  useEffect(() => {
    const now = performance.now();
    if (from.current?.state !== job.state) from.current = { at: now, rows: job.rows_done, state: job.state };
    const seconds = (now - from.current.at) / 1000;
    setRate(seconds > 0.3 ? Math.round((job.rows_done - from.current.rows) / seconds) : 0);
  }, [job.rows_done, job.state]);
  return rate;
}

export function Moving({ job }: { job: ImportJob }) {
  const t = useTexts(texts);
  const rate = useRate(job);
  const { busy, error, attempt } = useAttempt();
  const share = job.rows_total > 0 ? (job.rows_done / job.rows_total) * 100 : 0;
  const left = rate > 0 ? (job.rows_total - job.rows_done) / rate : null;
  return (
    <Stack gap="xs" className="panel" p="lg">
      <Text fw={600}>{job.state === 'applying' ? t.applying : t.checking}</Text>
      <Progress value={share} size="lg" animated aria-label={job.state === 'applying' ? t.applying : t.checking} />
      <Text size="sm" aria-live="polite">
        {t.progress(job.rows_done, job.rows_total)}
        {rate > 0 && ` · ${t.rate(rate)}`}
        {left !== null && left > 1 && ` · ${t.left(countdown(left))}`}
      </Text>
      <Text size="sm" c="dimmed">
        {t.leave}
      </Text>
      {error !== null && <ProblemNote error={error} />}
      <Group>
        <Button size="xs" variant="default" loading={busy} onClick={() => void attempt(() => api.remove(`/v1/jobs/${job.id}`))}>
          {t.cancelJob}
        </Button>
      </Group>
    </Stack>
  );
}
