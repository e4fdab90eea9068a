// What people leave with a phone: a note, and that its warnings are muted. Shown where there is something to show.
import { Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMay } from '../../api/session';
import type { DeviceCare } from '../../api/types';
import { ago, dateTime } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Section } from '../../parts/Section';
import { showProblem } from '../../parts/showProblem';
import { careTexts } from './care';
import { changeCare, useCare, useRefresh } from './data';

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
