// What people leave with a phone: a note, and that its warnings are muted. Shown where there is something to show.
import { Button, Select, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useMay } from '../../api/session';
import type { DeviceCare } from '../../api/types';
import { ago, dateTime } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { FormDialog } from '../../parts/FormDialog';
import { Section } from '../../parts/Section';
import { showProblem } from '../../parts/showProblem';
import { careTexts } from './care';
import type { DialogProps } from './Dialogs';
import { changeCare, useCare, useRefresh } from './data';
import { Reason, why } from './Reason';

const longestNote = 256;

function Note({ care }: { care: DeviceCare }) {
  const t = useTexts(careTexts);
  return (
    <Section title={t.note}>
      <Stack gap="xs">
        <Text style={{ overflowWrap: 'anywhere' }}>{care.note}</Text>
        <Text size="sm" c="dimmed">
          {t.by(care.note_by, ago(care.note_at ?? ''))}
        </Text>
      </Stack>
    </Section>
  );
}

function Muted({ mac, care }: { mac: string; care: DeviceCare }) {
  const t = useTexts(careTexts);
  const may = useMay();
  const refresh = useRefresh(mac);
  const unmute = async () => {
    try {
      await changeCare(mac, care, { mute: 'off' });
      notifications.show({ message: t.unmuteDone, color: 'green' });
    } catch (problem) {
      showProblem(problem);
    }
    await refresh();
  };
  return (
    <Section title={t.muted}>
      <Stack gap="xs" align="flex-start">
        <Text>{care.mute_until ? t.mutedUntil(dateTime(care.mute_until)) : t.mutedUntilChange}</Text>
        {care.mute_reason !== '' && <Text style={{ overflowWrap: 'anywhere' }}>{care.mute_reason}</Text>}
        <Text size="sm" c="dimmed">
          {t.by(care.mute_by, ago(care.mute_at ?? ''))}
        </Text>
        {may('support') && (
          <Button variant="default" size="xs" onClick={() => void unmute()}>
            {t.unmute}
          </Button>
        )}
      </Stack>
    </Section>
  );
}

export function CareCards({ mac }: { mac: string }) {
  const { data } = useCare(mac);
  if (!data) return null;
  return (
    <>
      {data.note !== '' && <Note care={data} />}
      {data.muted && <Muted mac={mac} care={data} />}
    </>
  );
}

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
