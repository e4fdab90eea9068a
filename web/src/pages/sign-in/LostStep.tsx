// The way in for who has lost its passkey: a recovery code, with the password where there is one.
import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client';
import type { RecoveryLogin, SignedIn } from '../../api/types';
import { useAttempt } from '../../factors/useAttempt';
import { useTexts } from '../../i18n/texts';
import { ProblemNote } from '../../parts/Problem';
import { RecoveryInput } from './RecoveryInput';
import type { StepProps } from './SignInForms';
import { texts } from './texts';

export function LostStep({ onNext, onIn }: StepProps) {
  const t = useTexts(texts);
  const [login, setLogin] = useState('');
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const { busy, error, attempt } = useAttempt();
  const go = async () => {
    const typed = { login: login.trim(), code: code.trim(), ...(password !== '' && { password }) };
    if (await attempt(() => api.post<SignedIn, RecoveryLogin>('/v1/session/recover', typed))) await onIn();
  };
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        void go();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{t.lostLead}</Text>
        <TextInput label={t.login} name="username" value={login} onChange={event => setLogin(event.currentTarget.value)} autoComplete="username" autoFocus required />
        <RecoveryInput value={code} onChange={setCode} />
        <PasswordInput label={t.password} description={t.lostPassword} name="password" value={password} onChange={event => setPassword(event.currentTarget.value)} autoComplete="current-password" />
        {error !== null && <ProblemNote error={error} />}
        <Button type="submit" loading={busy} disabled={login.trim() === '' || code.trim() === ''}>
          {t.go}
        </Button>
        <Anchor component="button" type="button" size="sm" onClick={() => onNext('start')}>
          {t.anotherWay}
        </Anchor>
      </Stack>
    </form>
  );
}
