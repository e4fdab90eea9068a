import { Alert, Button, Divider, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client';
import { useSession, useSessionState } from '../../api/session';
import { PasskeyDeclined, passkeysWork, provePasskey } from '../../api/webauthn';
import { CodeInput } from '../../factors/TotpForm';
import { useAttempt } from '../../factors/useAttempt';
import { useTexts } from '../../i18n/texts';
import { Icon } from '../../parts/icons';
import { ProblemNote } from '../../parts/Problem';
import { texts } from './texts';

export default function StepUpForm({ onProved }: { onProved: () => void }) {
  const t = useTexts(texts);
  const { factors } = useSession();
  const { refresh } = useSessionState();
  const [code, setCode] = useState('');
  const { busy, error, attempt } = useAttempt();
  const prove = async (body: () => Promise<unknown>) => {
    if (!(await attempt(async () => api.post('/v1/session/step-up', await body())))) return;
    await refresh();
    onProved();
  };
  const canPasskey = passkeysWork && factors.passkeys > 0;
  return (
    <Stack gap="sm">
      <Text size="sm">{t.stepUpText}</Text>
      {error instanceof PasskeyDeclined && <Alert color="yellow">{t.declined}</Alert>}
      {error !== null && !(error instanceof PasskeyDeclined) && <ProblemNote error={error} />}
      {canPasskey && (
        <Button data-autofocus onClick={() => void prove(async () => ({ passkey: await provePasskey() }))} loading={busy} leftSection={<Icon name="finger" size={16} />}>
          {t.stepUpPasskey}
        </Button>
      )}
      {canPasskey && factors.totp && <Divider label={t.or} />}
      {factors.totp && (
        <form
          onSubmit={event => {
            event.preventDefault();
            void prove(async () => ({ code }));
          }}
        >
          <Stack gap="sm" align="flex-start">
            <CodeInput value={code} onChange={setCode} autoFocus={!canPasskey} />
            <Button type="submit" variant={canPasskey ? 'default' : 'filled'} loading={busy} disabled={code.length !== 6}>
              {t.stepUpCode}
            </Button>
          </Stack>
        </form>
      )}
    </Stack>
  );
}
