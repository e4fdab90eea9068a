import { Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { api } from '../../api/client';
import { useMay } from '../../api/session';
import { countdown } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Section } from '../../parts/Section';
import { showProblem } from '../../parts/showProblem';
import { useSecondsLeft } from '../../parts/Time';
import { useDiagnostics, useRefresh } from './data';
import { texts } from './texts';

// Shown on the page while a window is open or on its way.
export function DiagnosticsCard({ mac }: { mac: string }) {
  const t = useTexts(texts);
  const may = useMay();
  const refresh = useRefresh(mac);
  const shown = useDiagnostics(mac);
  const left = useSecondsLeft(shown.data?.until);
  if (!shown.data || shown.data.state === 'none') return null;
  const close = async () => {
    try {
      await api.remove(`/v1/devices/${mac}/diagnostics`);
      notifications.show({ message: t.diagnosticsClosed, color: 'green' });
    } catch (problem) {
      showProblem(problem);
    }
    await refresh();
  };
  return (
    <Section title={t.diagnostics} actions={<Text fw={600}>{left > 0 && t.diagnosticsLeft(countdown(left))}</Text>}>
      <Stack gap="xs">
        <Text size="sm">{shown.data.words}</Text>
        <Text size="sm" c="dimmed">
          {[shown.data.person, shown.data.reason].filter(Boolean).join(': ')}
        </Text>
        {may('support') && left > 0 && (
          <Button variant="default" size="xs" onClick={() => void close()}>
            {t.diagnosticsClose}
          </Button>
        )}
      </Stack>
    </Section>
  );
}
