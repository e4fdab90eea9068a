import { Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import type { NewReviewMark, Review, ReviewMark } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { FormDialog } from '../../parts/FormDialog';
import { texts } from './texts';

export function MarkDialog({ review, onClose }: { review: Review; onClose: () => void }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const mark = async () => {
    await api.post<ReviewMark, NewReviewMark>('/v1/review', { up_to: review.up_to, ...(note.trim() && { note: note.trim() }) });
    notifications.show({ message: t.marked, color: 'green' });
    await client.invalidateQueries({ queryKey: ['review'] });
    await client.invalidateQueries({ queryKey: ['fleet'] });
  };
  return (
    <FormDialog title={t.markTitle} submit={t.mark} onClose={onClose} onSubmit={mark}>
      <Text size="sm">{t.markText(review.events)}</Text>
      <Textarea label={t.note} description={t.noteHint} value={note} onChange={event => setNote(event.currentTarget.value)} autosize minRows={2} data-autofocus />
    </FormDialog>
  );
}
