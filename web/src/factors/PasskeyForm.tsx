import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { PasskeyDeclined, addPasskey, passkeysWork } from '../api/webauthn';
import { useTexts } from '../i18n/texts';
import { Icon } from '../parts/icons';
import { ProblemNote } from '../parts/Problem';
import { texts } from './texts';
import { useAttempt } from './useAttempt';

export function PasskeyForm({ onDone }: { onDone: () => void }) {
  const t = useTexts(texts);
  const [name, setName] = useState(t.passkeyHere);
  const { busy, error, attempt } = useAttempt();
  if (!passkeysWork) return <Alert color="yellow">{t.passkeyNone}</Alert>;
  const make = async () => {
    if (await attempt(() => addPasskey(name.trim() || t.passkeyHere))) onDone();
  };
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t.passkeyLead}
      </Text>
      <TextInput label={t.passkeyName} description={t.passkeyNameHint} value={name} onChange={event => setName(event.currentTarget.value)} maxLength={64} />
      {error instanceof PasskeyDeclined && <Alert color="yellow">{t.passkeyDeclined}</Alert>}
      {error !== null && !(error instanceof PasskeyDeclined) && <ProblemNote error={error} />}
      <Group>
        <Button onClick={() => void make()} loading={busy} leftSection={<Icon name="finger" size={16} />}>
          {t.passkeyAdd}
        </Button>
      </Group>
    </Stack>
  );
}
