// The server ended in the middle. The file is not kept there, so whoever has it goes on: rows that were written are
// unchanged then.
import { Button, Text } from '@mantine/core';
import type { ImportJob } from '../../api/types';
import { useAttempt } from '../../factors/useAttempt';
import { useTexts } from '../../i18n/texts';
import { Icon } from '../../parts/icons';
import { ProblemNote } from '../../parts/Problem';
import { VerdictBox } from '../device/Verdict';
import { texts } from './texts';

interface Props {
  job: ImportJob;
  onAgain: () => void;
  onGoOn: (() => Promise<unknown>) | null; // the list is in this page still
}

export function Interrupted({ job, onAgain, onGoOn }: Props) {
  const t = useTexts(texts);
  const { busy, error, attempt } = useAttempt();
  const goOn = onGoOn ? () => void attempt(onGoOn) : onAgain;
  return (
    <VerdictBox tone="warn" saw={t.interrupted(job.rows_done, job.rows_total)} next={onGoOn ? t.goOnHint : t.loadAgainHint}>
      <Text w="100%" size="sm">
        {t.interruptedRest(job.rows_done, job.rows_total - job.rows_done)}
      </Text>
      {error !== null && <ProblemNote error={error} />}
      <Button size="xs" loading={busy} onClick={goOn} leftSection={<Icon name="upload" size={14} />}>
        {onGoOn ? t.goOn : t.loadAgain}
      </Button>
    </VerdictBox>
  );
}
