import { Alert, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { api } from '../../api/client';
import { useMay } from '../../api/session';
import type { Device } from '../../api/types';
import { useAttempt } from '../../factors/useAttempt';
import { useTexts } from '../../i18n/texts';
import { Icon } from '../../parts/icons';
import { ProblemNote } from '../../parts/Problem';
import { useRefresh } from './data';
import { texts } from './texts';

export function HeldKey({ device }: { device: Device }) {
  const t = useTexts(texts);
  const may = useMay();
  const refresh = useRefresh(device.mac);
  const { busy, error, attempt } = useAttempt();
  if (!device.held_key) return null;
  const settle = (how: 'approve' | 'reject') =>
    void attempt(async () => {
      await api.post(`/v1/devices/${device.mac}/key/${how}`);
      notifications.show({ message: how === 'approve' ? t.approved : t.rejected, color: 'green' });
      await refresh();
    });
  return (
    <Alert color="yellow" icon={<Icon name="key" />} title={t.heldTitle}>
      <Text size="sm">{t.heldText}</Text>
      <Text size="xs" className="mono" my={6} style={{ overflowWrap: 'anywhere' }}>
        {device.held_key}
      </Text>
      {may('tenant-admin') && (
        <Group gap="xs">
          <Button size="xs" disabled={busy} onClick={() => settle('approve')}>
            {t.approve}
          </Button>
          <Button size="xs" variant="default" disabled={busy} onClick={() => settle('reject')}>
            {t.reject}
          </Button>
        </Group>
      )}
      {error !== null && <ProblemNote error={error} />}
    </Alert>
  );
}
