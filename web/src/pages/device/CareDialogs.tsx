// Leaving a note with a phone, and muting its warnings.
import { Select, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { DeviceCare } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { FormDialog } from '../../parts/FormDialog';
import { careTexts } from './care';
import type { DialogProps } from './Dialogs';
import { changeCare, useCare, useRefresh } from './data';
import { Reason, why } from './Reason';

const longestNote = 256;

// Mounted once what is there now is known, so that what one types begins with it.
function NoteForm({ device, care, onClose }: DialogProps & { care: DeviceCare }) {
  const t = useTexts(careTexts);
  const refresh = useRefresh(device.mac);
  const [text, setText] = useState(care.note);
  const save = async () => {
    await changeCare(device.mac, care, { note: text.trim() || null });
    notifications.show({ message: t.noteSaved, color: 'green' });
    await refresh();
  };
  const inOneLine = (typed: string) => setText(typed.replaceAll('\n', ' '));
  return (
    <FormDialog title={t.note} lead={t.noteWarning} submit={t.noteSave} disabled={text.trim() === care.note} onClose={onClose} onSubmit={save}>
      <Textarea label={t.noteText} maxLength={longestNote} autosize minRows={2} value={text} onChange={event => inOneLine(event.currentTarget.value)} data-autofocus />
    </FormDialog>
  );
}

export function NoteDialog(props: DialogProps) {
  const { data } = useCare(props.device.mac);
  return data ? <NoteForm {...props} care={data} /> : null;
}

export function MuteDialog({ device, onClose }: DialogProps) {
  const t = useTexts(careTexts);
  const refresh = useRefresh(device.mac);
  const { data } = useCare(device.mac);
  const [span, setSpan] = useState('state');
  const [reason, setReason] = useState('');
  const spans = [
    { value: 'state', label: t.muteState },
    { value: '1d', label: t.muteDay },
    { value: '7d', label: t.muteWeek },
    { value: '30d', label: t.muteMonth },
  ];
  const mute = async () => {
    await changeCare(device.mac, data, { mute: span, ...why(reason) });
    notifications.show({ message: t.muteDone, color: 'green' });
    await refresh();
  };
  return (
    <FormDialog title={t.mute} lead={t.muteText} submit={t.mute} onClose={onClose} onSubmit={mute}>
      <Select label={t.muteFor} data={spans} value={span} onChange={next => setSpan(next ?? 'state')} allowDeselect={false} />
      <Reason value={reason} onChange={setReason} />
    </FormDialog>
  );
}
