import { Box, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../api/client';
import type { Code, Session, TotpSecret } from '../api/types';
import { useTexts } from '../i18n/texts';
import { CopyValue } from '../parts/CopyButton';
import { ProblemNote } from '../parts/Problem';
import { Qr } from '../parts/Qr';
import { texts } from './texts';
import { useAttempt } from './useAttempt';

export function CodeInput({ value, onChange, ...rest }: { value: string; onChange: (value: string) => void; autoFocus?: boolean }) {
  const t = useTexts(texts);
  return (
    <TextInput
      label={t.code}
      description={t.codeHint}
      value={value}
      onChange={event => onChange(event.currentTarget.value.replace(/\D/g, '').slice(0, 6))}
      inputMode="numeric"
      autoComplete="one-time-code"
      classNames={{ input: 'mono' }}
      maw={260}
      required
      {...(rest.autoFocus ? { 'data-autofocus': true } : {})}
    />
  );
}

export function TotpForm({ onDone }: { onDone: () => void }) {
  const t = useTexts(texts);
  const [made, setMade] = useState<{ secret: string; uri: string } | null>(null);
  const [code, setCode] = useState('');
  const { busy, error, attempt } = useAttempt();
  const begin = () => attempt(async () => setMade(await api.post<TotpSecret>('/v1/me/totp')));
  const confirm = async () => {
    if (await attempt(() => api.post<Session, Code>('/v1/me/totp/confirm', { code }))) onDone();
  };
  if (made === null)
    return (
      <Stack gap="sm" align="flex-start">
        {error !== null && <ProblemNote error={error} />}
        <Button onClick={() => void begin()} loading={busy}>
          {t.totpBegin}
        </Button>
      </Stack>
    );
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        void confirm();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{t.totpLead}</Text>
        <Group gap="lg" align="center">
          <Qr text={made.uri} label={t.totpQr} size={168} />
          <Box maw={230}>
            <Text size="sm" c="dimmed">
              {t.totpByHand}
            </Text>
            <CopyValue text={made.secret} shown={(made.secret.match(/.{1,4}/g) ?? []).join(' ')} />
          </Box>
        </Group>
        <CodeInput value={code} onChange={setCode} />
        {error !== null && <ProblemNote error={error} />}
        <Group>
          <Button type="submit" loading={busy} disabled={code.length !== 6}>
            {t.totpConfirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
