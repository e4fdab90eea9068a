// What an undo would do, phone by phone, before anybody does it.
import { List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import type { UndoReport } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { FormDialog } from '../../parts/FormDialog';
import { Loading } from '../../parts/Loading';
import { ProblemNote } from '../../parts/Problem';
import { Why } from '../../parts/Why';
import { UndoneRows } from './UndoneRows';
import { undoTexts } from './undo-texts';

function Counts({ report }: { report: UndoReport }) {
  const t = useTexts(undoTexts);
  return (
    <List>
      {report.removed > 0 && <List.Item>{t.remove(report.removed)}</List.Item>}
      {report.restored > 0 && (
        <List.Item>
          {t.restore(report.restored)}
          {report.to_arm > 0 && `; ${t.toArm(report.to_arm)}`}
        </List.Item>
      )}
      {report.left > 0 && <List.Item>{t.leave(report.left)}</List.Item>}
    </List>
  );
}

export function UndoDialog({ id, onClose, onBegun }: { id: string; onClose: () => void; onBegun: () => Promise<unknown> }) {
  const t = useTexts(undoTexts);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['import-undo-preview', id],
    queryFn: ({ signal }) => api.get<UndoReport>(`/v1/imports/${id}/undo`, {}, signal),
    gcTime: 0,
    staleTime: 0,
  });
  const begin = async () => {
    if (reason.trim() === '') {
      setMissing(true);
      return false;
    }
    await api.post(`/v1/imports/${id}/undo`, { reason: reason.trim() });
    await onBegun();
    return true;
  };
  return (
    <FormDialog title={t.title} lead={t.lead} submit={t.confirm} danger size="lg" disabled={!data} onClose={onClose} onSubmit={begin}>
      {!data && !error && (
        <Stack gap="xs">
          <Text size="sm" c="dimmed">
            {t.looking}
          </Text>
          <Loading rows={3} />
        </Stack>
      )}
      {error !== null && <ProblemNote error={error} />}
      {data && <Counts report={data} />}
      {data && <UndoneRows id={id} rows={data.rows} total={data.left + data.to_arm} />}
      <Why value={reason} onChange={setReason} hint={t.whyHint} required error={missing && reason.trim() === '' ? t.whyMissing : undefined} data-autofocus />
    </FormDialog>
  );
}
