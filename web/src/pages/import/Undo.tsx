// An import that was written can be taken back for a while; then it is said what became of that.
import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import type { ImportUndo, UndoReport } from '../../api/types';
import { useAttempt } from '../../factors/useAttempt';
import { countdown } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Icon } from '../../parts/icons';
import { ProblemNote } from '../../parts/Problem';
import { VerdictBox } from '../device/Verdict';
import { useEnding } from './ending';
import { UndoDialog } from './UndoDialog';
import { UndoneRows } from './UndoneRows';
import { undoTexts } from './undo-texts';
import { useTimeLeft } from './useTimeLeft';

interface Props {
  id: string;
  undo: ImportUndo;
  onChanged: () => Promise<unknown>;
}

function Offer({ id, undo, onChanged }: Props) {
  const t = useTexts(undoTexts);
  const [asking, setAsking] = useState(false);
  const left = useTimeLeft(undo.seconds_left, () => void onChanged());
  return (
    <Group gap="sm">
      <Button variant="default" onClick={() => setAsking(true)} leftSection={<Icon name="undo" size={16} />}>
        {undo.state === 'open' ? t.undo : t.goOn}
      </Button>
      <Text size="sm" c="dimmed" role="timer">
        {t.timeLeft(countdown(left))}
      </Text>
      {asking && <UndoDialog id={id} onClose={() => setAsking(false)} onBegun={onChanged} />}
    </Group>
  );
}

function Running({ id, undo, onChanged }: Props) {
  const t = useTexts(undoTexts);
  const { busy, error, attempt } = useAttempt();
  const total = undo.added + undo.changed;
  const done = undo.removed + undo.restored + undo.left;
  const stop = async () => {
    await api.remove(`/v1/jobs/u${id.slice(1)}`);
    await onChanged();
  };
  return (
    <Stack gap="xs" className="panel" p="lg">
      <Text fw={600}>{t.running}</Text>
      <Progress value={total > 0 ? (done / total) * 100 : 0} size="lg" animated aria-label={t.running} />
      <Text size="sm" aria-live="polite">
        {t.progress(done, total)}
      </Text>
      <Text size="sm" c="dimmed">
        {t.leavePage}
      </Text>
      {error !== null && <ProblemNote error={error} />}
      <Group>
        <Button size="xs" variant="default" loading={busy} onClick={() => void attempt(stop)}>
          {t.stop}
        </Button>
      </Group>
    </Stack>
  );
}

function Outcome({ id, undo }: { id: string; undo: ImportUndo }) {
  const t = useTexts(undoTexts);
  const { data, error, refetch } = useQuery({
    queryKey: ['import-undo', id, undo.ended],
    queryFn: ({ signal }) => api.get<UndoReport>(`/v1/imports/${id}/undo`, {}, signal),
    enabled: undo.left + undo.to_arm > 0,
  });
  const whole = undo.left === 0 && undo.to_arm === 0;
  const how = { done: whole ? t.allUndone : '', cancelled: t.cancelled, failed: t.failed, late: t.late };
  return (
    <Stack gap="md">
      <VerdictBox
        tone={undo.state === 'done' && whole ? 'good' : 'warn'}
        saw={[t.undone(undo.removed, undo.restored), undo.left > 0 && t.left(undo.left)].filter(Boolean).join('; ')}
        next=""
        more={undo.trouble}
      >
        <Text w="100%">{[how[undo.state as keyof typeof how], t.by(undo.actor, undo.reason)].filter(Boolean).join(' ')}</Text>
      </VerdictBox>
      {error !== null && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data && <UndoneRows id={id} rows={data.rows} total={data.left + data.to_arm} saves />}
    </Stack>
  );
}

export function Undo({ id, undo, onChanged }: Props) {
  const t = useTexts(undoTexts);
  useEnding(id, undo.state, how => {
    if (how === 'done') notifications.show({ message: t.notify, color: 'green' });
    else notifications.show({ message: how === 'cancelled' ? t.cancelled : t.failed, color: 'yellow' });
  });
  if (undo.added + undo.changed === 0) return null;
  if (undo.state === 'running') return <Running id={id} undo={undo} onChanged={onChanged} />;
  return (
    <Stack gap="md">
      {undo.began !== null && <Outcome id={id} undo={undo} />}
      {undo.seconds_left !== null && <Offer id={id} undo={undo} onChanged={onChanged} />}
      {undo.state === 'late' && undo.began === null && (
        <Text size="sm" c="dimmed">
          {t.late}
        </Text>
      )}
    </Stack>
  );
}
