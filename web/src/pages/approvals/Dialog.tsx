// All that is known of a call that waits, to be read, or to decide on it: what the button says is what it does.
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { PendingCall } from '../../api/types';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { Confirm } from '../../parts/confirm';
import { closing, useFocusBack } from '../../parts/dialog';
import { Pending } from './Pending';
import { texts } from './texts';

export type Decision = 'approve' | 'reject' | 'withdraw';

export interface Asked {
  how: 'look' | Decision;
  one: PendingCall;
}

function Look({ one, onClose }: { one: PendingCall; onClose: () => void }) {
  const t = useTexts(texts);
  const c = useTexts(common);
  useFocusBack();
  return (
    <Modal opened size="lg" title={t.lookTitle(one.by)} {...closing(false, c.close, onClose)}>
      <Stack gap="md">
        <Pending of={one} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {c.close}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Decide({ how, one, onClose }: { how: Decision; one: PendingCall; onClose: () => void }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const go = async () => {
    try {
      if (how === 'approve') await api.post(`/v1/approvals/${one.id}/approve`);
      else await api.remove(`/v1/approvals/${one.id}`);
      notifications.show({ message: t[`done_${how}`], color: 'green' });
      if (how === 'approve') await client.invalidateQueries();
    } finally {
      await client.invalidateQueries({ queryKey: ['approvals'] }); // somebody else may have decided
    }
  };
  return (
    <Confirm opened size="lg" danger={how === 'reject'} title={t[`title_${how}`](one.by)} confirm={t[`confirm_${how}`]} onClose={onClose} onConfirm={go}>
      <Stack gap="md">
        <Pending of={one} />
        <Text size="sm">{t[`text_${how}`](one.by)}</Text>
      </Stack>
    </Confirm>
  );
}

export function Dialog({ asked: { how, one }, onClose }: { asked: Asked; onClose: () => void }) {
  return how === 'look' ? <Look one={one} onClose={onClose} /> : <Decide how={how} one={one} onClose={onClose} />;
}
