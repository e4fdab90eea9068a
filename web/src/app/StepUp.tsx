// Some calls want a fresh proof of who is there. The dialog asks for it, and the call is made again. Its content is
// loaded when it is first needed.
import { Modal } from '@mantine/core';
import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import { hooks } from '../api/client';
import { useTexts } from '../i18n/texts';
import { Loading } from '../parts/Loading';
import { texts } from './texts';

const StepUpForm = lazy(() => import('../pages/sign-in/StepUpForm'));

export function StepUp() {
  const t = useTexts(texts);
  const [opened, setOpened] = useState(false);
  const waiting = useRef<((proved: boolean) => void)[]>([]);
  const settle = (proved: boolean) => {
    setOpened(false);
    for (const tell of waiting.current.splice(0)) tell(proved);
  };
  useEffect(() => {
    hooks.stepUp = () =>
      new Promise<boolean>(resolve => {
        waiting.current.push(resolve);
        setOpened(true);
      });
    return () => {
      hooks.stepUp = null;
    };
  }, []);
  // The dialog beneath hears the same Escape: it is told only afterwards, and takes no Escape while it waits.
  const decline = () => void setTimeout(() => settle(false));
  return (
    <Modal opened={opened} onClose={decline} title={t.stepUpTitle} zIndex={400}>
      <Suspense fallback={<Loading rows={3} />}>
        <StepUpForm onProved={() => settle(true)} />
      </Suspense>
    </Modal>
  );
}
