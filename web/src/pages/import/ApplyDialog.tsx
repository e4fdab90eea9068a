// The last word before rows are written, and why they are.
import { Text } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client';
import type { ImportJob, ImportReport } from '../../api/types';
import { watch } from '../../app/watched';
import { useTexts } from '../../i18n/texts';
import { FormDialog } from '../../parts/FormDialog';
import { Why } from '../../parts/Why';
import { texts } from './texts';

interface Props {
  job: ImportJob;
  report: ImportReport;
  armed: boolean;
  onClose: () => void;
  onApplied: () => Promise<unknown>;
}

export function ApplyDialog({ job, report, armed, onClose, onApplied }: Props) {
  const t = useTexts(texts);
  const [reason, setReason] = useState('');
  const apply = async () => {
    await api.post(`/v1/imports/${job.id}/apply`, { reason: reason.trim() });
    watch(job.id);
    await onApplied();
  };
  return (
    <FormDialog title={t.confirmTitle} submit={t.apply(report.to_add, report.to_change)} onClose={onClose} onSubmit={apply}>
      <Text>{t.confirmText(report.to_add, report.to_change, report.refused)}</Text>
      {report.to_add > 0 && <Text>{armed ? t.confirmArmed : t.notArmed}</Text>}
      <Why value={reason} onChange={setReason} hint={t.whyHint} data-autofocus />
    </FormDialog>
  );
}
