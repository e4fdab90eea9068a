import { Alert, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { api } from '../../api/client';
import { Problem } from '../../api/problem';
import { useSessionState } from '../../api/session';
import { useTexts } from '../../i18n/texts';
import { Loading } from '../../parts/Loading';
import { decoded } from '../../router/router';
import { Enrol } from './Enrol';
import { Frame } from './Frame';
import { LostStep } from './LostStep';
import { CodeStep, PasswordStep, StartStep, type Way } from './SignInForms';
import { texts } from './texts';

// A one-time login comes behind the '#', which no server and no log sees; it leaves the address bar at once.
function takeToken(): string | null {
  const found = /^#token=([^&]+)/.exec(window.location.hash);
  if (!found?.[1]) return null;
  window.history.replaceState(null, '', window.location.pathname + window.location.search);
  return decoded(found[1]) ?? found[1]; // what is broken the server refuses, and the page says so
}

let token = takeToken(); // good for one try: taken by it, also when React runs effects twice

function useOneTime() {
  const { refresh } = useSessionState();
  const [state, setState] = useState<'none' | 'asking' | Problem>(token === null ? 'none' : 'asking');
  useEffect(() => {
    if (token === null) return;
    const once = token;
    token = null;
    void api
      .post('/v1/session/one-time', { token: once })
      .then(async () => {
        await refresh();
        setState('none');
      })
      .catch((error: unknown) => setState(error instanceof Problem ? error : new Problem(0, {})));
  }, [refresh]);
  return state;
}

function OneTimeFailed({ problem }: { problem: Problem }) {
  const t = useTexts(texts);
  return (
    <Alert color="red" role="alert" title={t.oneTimeBad} mb="md">
      <Text size="sm">{problem.status === 0 ? problem.fix : t.oneTimeFix}</Text>
    </Alert>
  );
}

export default function SignIn({ enrolling, onEnrolled }: { enrolling: boolean; onEnrolled: () => void }) {
  const t = useTexts(texts);
  const { session, ended, refresh } = useSessionState();
  const oneTime = useOneTime();
  const [way, setWay] = useState<Way>('start');
  if (session !== null && enrolling) return <Enrol session={session} onDone={onEnrolled} />;
  const steps = { onNext: setWay, onIn: refresh };
  return (
    <Frame title={way === 'totp' ? t.codeTitle : way === 'lost' ? t.lostTitle : t.title} lead={t.lead}>
      {oneTime === 'asking' ? (
        <Stack>
          <Text>{t.oneTime}</Text>
          <Loading rows={2} />
        </Stack>
      ) : (
        <>
          {oneTime instanceof Problem && <OneTimeFailed problem={oneTime} />}
          {ended && way === 'start' && (
            <Alert color="yellow" role="status" title={t.endedTitle} mb="md">
              <Text size="sm">{t.endedText}</Text>
            </Alert>
          )}
          {way === 'start' && <StartStep {...steps} />}
          {way === 'lost' && <LostStep {...steps} />}
          {way === 'password' && <PasswordStep {...steps} />}
          {(way === 'totp' || way === 'recovery') && <CodeStep key={way} kind={way} {...steps} />}
        </>
      )}
    </Frame>
  );
}
