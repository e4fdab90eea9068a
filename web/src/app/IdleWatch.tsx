// Tells before a session ends because nobody does anything, and lets one stay. The server decides: other pages of the
// same browser may be in use.
import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { touchedSince } from '../api/activity';
import { useSessionState } from '../api/session';
import type { Session } from '../api/types';
import { number } from '../i18n/format';
import { useTexts } from '../i18n/texts';
import { showProblem } from '../parts/showProblem';
import { texts } from './texts';

const warning = 60_000; // ms before the end
const askEvery = 60_000; // while somebody is here, so that typing counts though it asks for nothing
const lookEvery = 20_000; // while the end is near: another page may keep it

// Seconds left, once they are few; null: there is time.
function useLittleTime(session: Session): number | null {
  const { answeredAt, look } = useSessionState();
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    const tick = () => {
      const now = Date.now();
      const rest = answeredAt + session.expires_in * 1000 - now;
      const near = rest <= warning;
      const age = now - answeredAt;
      if (touchedSince(answeredAt) && (near || age >= askEvery)) look();
      else if (rest <= 0 || (near && age >= lookEvery)) look();
      setLeft(near && age < warning ? Math.max(0, Math.ceil(rest / 1000)) : null);
    };
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [answeredAt, session.expires_in, look]);
  return left;
}

export function IdleWatch({ session }: { session: Session }) {
  const t = useTexts(texts);
  const { look, signOut } = useSessionState();
  const left = useLittleTime(session);
  const [waved, setWaved] = useState(false); // the last end can't be put off: told once
  const last = session.longest_in <= session.expires_in;
  if (left === null && waved) setWaved(false);
  const stay = last ? () => setWaved(true) : look;
  return (
    <Modal opened={left !== null && !waved} onClose={stay} title={t.endsTitle} zIndex={500} closeOnClickOutside={false} withCloseButton={false}>
      <Text role="timer">{last ? t.endsForGood(number(left ?? 0)) : t.endsIdle(number(left ?? 0))}</Text>
      <Group justify="flex-end" gap="sm" mt="md">
        <Button variant="default" onClick={() => void signOut().catch(showProblem)}>
          {t.signOut}
        </Button>
        <Button data-autofocus onClick={stay}>
          {last ? t.endsGoOn : t.endsStay}
        </Button>
      </Group>
    </Modal>
  );
}
