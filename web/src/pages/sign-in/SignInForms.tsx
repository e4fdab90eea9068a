// The ways in: passkey first, else name and password, then a code or a recovery code.
import { Alert, Anchor, Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client';
import type { Code, PasswordLogin, SignedIn } from '../../api/types';
import { PasskeyDeclined, passkeysWork, signInWithPasskey } from '../../api/webauthn';
import { CodeInput } from '../../factors/TotpForm';
import { useAttempt } from '../../factors/useAttempt';
import { useTexts } from '../../i18n/texts';
import { Icon } from '../../parts/icons';
import { ProblemNote } from '../../parts/Problem';
import { RecoveryInput } from './RecoveryInput';
import { texts } from './texts';

export type Way = 'start' | 'password' | 'totp' | 'recovery' | 'lost';

export interface StepProps {
  onNext: (way: Way) => void;
  onIn: () => Promise<unknown>;
}

export function StartStep({ onNext, onIn }: StepProps) {
  const t = useTexts(texts);
  const { busy, error, attempt } = useAttempt();
  const go = async () => {
    if (await attempt(signInWithPasskey)) await onIn();
  };
  return (
    <Stack gap="sm">
      {error instanceof PasskeyDeclined && <Alert color="yellow">{t.declined}</Alert>}
      {error !== null && !(error instanceof PasskeyDeclined) && <ProblemNote error={error} />}
      {passkeysWork && (
        <>
          <Button size="md" onClick={() => void go()} loading={busy} leftSection={<Icon name="finger" />}>
            {t.withPasskey}
          </Button>
          <Divider label={t.or} />
        </>
      )}
      <Button size="md" variant={passkeysWork ? 'default' : 'filled'} onClick={() => onNext('password')} leftSection={<Icon name="key" />}>
        {t.withPassword}
      </Button>
      <Anchor component="button" type="button" size="sm" onClick={() => onNext('lost')}>
        {t.lostPasskey}
      </Anchor>
      <Text size="xs" c="dimmed" mt="xs">
        {t.lost}
      </Text>
    </Stack>
  );
}

export function PasswordStep({ onNext, onIn }: StepProps) {
  const t = useTexts(texts);
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const { busy, error, attempt } = useAttempt();
  const go = () =>
    attempt(async () => {
      const { next } = await api.post<SignedIn, PasswordLogin>('/v1/session/password', { login: login.trim(), password });
      if (next === 'totp') onNext('totp');
      else await onIn();
    });
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        void go();
      }}
    >
      <Stack gap="sm">
        <TextInput label={t.login} name="username" value={login} onChange={event => setLogin(event.currentTarget.value)} autoComplete="username" autoFocus required />
        <PasswordInput label={t.password} name="password" value={password} onChange={event => setPassword(event.currentTarget.value)} autoComplete="current-password" required />
        {error !== null && <ProblemNote error={error} />}
        <Button type="submit" loading={busy} disabled={login === '' || password === ''}>
          {t.go}
        </Button>
        <Anchor component="button" type="button" size="sm" onClick={() => onNext('start')}>
          {t.anotherWay}
        </Anchor>
      </Stack>
    </form>
  );
}

export function CodeStep({ kind, onNext, onIn }: StepProps & { kind: 'totp' | 'recovery' }) {
  const t = useTexts(texts);
  const [code, setCode] = useState('');
  const { busy, error, attempt } = useAttempt();
  const go = async () => {
    if (await attempt(() => api.post<SignedIn, Code>(`/v1/session/${kind}`, { code: code.trim() }))) await onIn();
  };
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        void go();
      }}
    >
      <Stack gap="sm">
        {kind === 'totp' ? (
          <CodeInput value={code} onChange={setCode} />
        ) : (
          <RecoveryInput value={code} onChange={setCode} />
        )}
        {error !== null && <ProblemNote error={error} />}
        <Button type="submit" loading={busy} disabled={code.trim() === ''}>
          {t.go}
        </Button>
        {kind === 'totp' && (
          <Anchor component="button" type="button" size="sm" onClick={() => onNext('recovery')}>
            {t.recoveryInstead}
          </Anchor>
        )}
        <Anchor component="button" type="button" size="sm" onClick={() => onNext('start')}>
          {t.anotherWay}
        </Anchor>
      </Stack>
    </form>
  );
}
