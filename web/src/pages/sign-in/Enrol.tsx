// The first time: a passkey, or a password with codes; then recovery codes. Nobody gets further without.
import { Alert, Anchor, SegmentedControl, Stack, Stepper } from '@mantine/core';
import { useState } from 'react';
import { useSessionState } from '../../api/session';
import type { Session } from '../../api/types';
import { passkeysWork } from '../../api/webauthn';
import { PasskeyForm } from '../../factors/PasskeyForm';
import { PasswordForm } from '../../factors/PasswordForm';
import { RecoveryCodes } from '../../factors/RecoveryCodes';
import { TotpForm } from '../../factors/TotpForm';
import { useTexts } from '../../i18n/texts';
import { Frame } from './Frame';
import { texts } from './texts';
import { showProblem } from '../../parts/showProblem';

function Proof({ session, onDone }: { session: Session; onDone: () => void }) {
  const t = useTexts(texts);
  const [how, setHow] = useState(passkeysWork && !session.factors.password ? 'passkey' : 'password');
  const [hasPassword, setHasPassword] = useState(session.factors.password);
  return (
    <Stack gap="md">
      <SegmentedControl
        fullWidth
        aria-label={t.enrolHow}
        value={how}
        onChange={setHow}
        data={[
          { value: 'passkey', label: t.enrolPasskey },
          { value: 'password', label: t.enrolPassword },
        ]}
      />
      {how === 'passkey' && <PasskeyForm onDone={onDone} />}
      {how === 'password' && !hasPassword && <PasswordForm login={session.person.login} onDone={() => setHasPassword(true)} />}
      {how === 'password' && hasPassword && (
        <>
          <Alert color="green">{t.enrolPasswordDone}</Alert>
          <TotpForm onDone={onDone} />
        </>
      )}
    </Stack>
  );
}

export function Enrol({ session, onDone }: { session: Session; onDone: () => void }) {
  const t = useTexts(texts);
  const { signOut } = useSessionState();
  const [step, setStep] = useState(session.must_enrol ? 0 : 1);
  return (
    <Frame title={t.enrolTitle} lead={t.enrolLead(session.person.name || session.person.login)}>
      <Stepper active={step} size="xs" mb="md" aria-label={t.enrolTitle}>
        <Stepper.Step label={t.enrolStepHow} />
        <Stepper.Step label={t.enrolStepCodes} />
      </Stepper>
      {step === 0 ? <Proof session={session} onDone={() => setStep(1)} /> : <RecoveryCodes login={session.person.login} onDone={onDone} />}
      <Anchor component="button" type="button" size="sm" mt="lg" onClick={() => void signOut().catch(showProblem)} className="no-print">
        {t.signOut}
      </Anchor>
    </Frame>
  );
}
