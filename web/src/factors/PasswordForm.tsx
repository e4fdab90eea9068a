import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { api } from '../api/client';
import type { NewPassword, Session } from '../api/types';
import { useTexts } from '../i18n/texts';
import { ProblemNote } from '../parts/Problem';
import { texts } from './texts';
import { useAttempt } from './useAttempt';

const shortest = 15;

export function PasswordForm({ login, onDone }: { login: string; onDone: () => void }) {
  const t = useTexts(texts);
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const { busy, error, attempt } = useAttempt();
  const left = shortest - [...password].length;
  const differs = password !== again;
  const save = async () => {
    setTried(true);
    if (left > 0 || differs) return;
    if (await attempt(() => api.put<Session, NewPassword>('/v1/me/password', { password }))) onDone();
  };
  return (
    <form
      noValidate
      onSubmit={event => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="sm">
        <input type="text" name="username" autoComplete="username" value={login} readOnly hidden />
        <PasswordInput
          label={t.passwordNew}
          description={t.passwordHint}
          value={password}
          onChange={event => setPassword(event.currentTarget.value)}
          autoComplete="new-password"
          maxLength={128}
          error={tried && left > 0 && t.passwordShort(left)}
          required
        />
        <PasswordInput
          label={t.passwordAgain}
          value={again}
          onChange={event => setAgain(event.currentTarget.value)}
          autoComplete="new-password"
          maxLength={128}
          error={tried && left <= 0 && differs && t.passwordDiffers}
          required
        />
        {error !== null && <ProblemNote error={error} />}
        <Group>
          <Button type="submit" loading={busy}>
            {t.passwordSave}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
