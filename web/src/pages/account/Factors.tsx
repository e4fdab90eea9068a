import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import { useSession } from '../../api/session';
import type { Passkey } from '../../api/types';
import { PasskeyForm } from '../../factors/PasskeyForm';
import { PasswordForm } from '../../factors/PasswordForm';
import { RecoveryCodes } from '../../factors/RecoveryCodes';
import { TotpForm } from '../../factors/TotpForm';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { Confirm } from '../../parts/confirm';
import { useFocusBack } from '../../parts/dialog';
import { Icon, type IconName } from '../../parts/icons';
import { Loading } from '../../parts/Loading';
import { ProblemNote } from '../../parts/Problem';
import { Section } from '../../parts/Section';
import { Ago } from '../../parts/Time';
import classes from './account.module.css';
import { useAccountChanged, usePasskeys } from './data';
import { texts } from './texts';

type Open = 'passkey' | 'password' | 'totp' | 'totp-remove' | 'recovery' | Passkey | null;

interface RowProps {
  icon: IconName;
  name: string;
  note: ReactNode;
  children: ReactNode;
}

function Row({ icon, name, note, children }: RowProps) {
  return (
    <div className={classes.row}>
      <Icon name={icon} size={20} />
      <div className={classes.what}>
        <Text fw={600} size="sm">
          {name}
        </Text>
        <Text size="sm" c="dimmed">
          {note}
        </Text>
      </div>
      <Group gap="xs">{children}</Group>
    </div>
  );
}

function Passkeys({ onOpen }: { onOpen: (open: Open) => void }) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const list = usePasskeys();
  if (list.isError) return <ProblemNote error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Loading rows={2} />;
  return (
    <>
      {list.data.items.map(one => (
        <Row
          key={one.id}
          icon="finger"
          name={one.name}
          note={
            <>
              {t.made} <Ago at={one.created} /> · {t.used} <Ago at={one.used} />
            </>
          }
        >
          <Button size="xs" variant="default" onClick={() => onOpen(one)} aria-label={t.removePasskey(one.name)}>
            {c.remove}
          </Button>
        </Row>
      ))}
      <Row icon="finger" name={t.passkeys} note={list.data.items.length === 0 ? t.passkeysNone : ''}>
        <Button size="xs" onClick={() => onOpen('passkey')} leftSection={<Icon name="plus" size={14} />}>
          {t.addPasskey}
        </Button>
      </Row>
    </>
  );
}

interface FormsProps {
  open: 'passkey' | 'password' | 'totp' | 'recovery';
  onClose: () => void;
}

// Codes that are shown this once are closed only by saying that they are kept.
function Forms({ open, onClose }: FormsProps) {
  const t = useTexts(texts);
  const { person } = useSession();
  const changed = useAccountChanged();
  const [told, setTold] = useState(false);
  useFocusBack();
  const done = (message: string) => () => {
    onClose();
    if (message) notifications.show({ message, color: 'green' });
    void changed();
  };
  const titles = { passkey: t.addPasskey, password: t.password, totp: t.codesMake, recovery: t.recovery };
  return (
    <Modal opened onClose={onClose} title={titles[open]} closeOnClickOutside={false} closeOnEscape={!told} withCloseButton={!told}>
      {open === 'passkey' && <PasskeyForm onDone={done(t.passkeyAdded)} />}
      {open === 'password' && <PasswordForm login={person.login} onDone={done(t.passwordChanged)} />}
      {open === 'totp' && <TotpForm onDone={done(t.codesDone)} />}
      {open === 'recovery' && (
        <Stack gap="xs">
          <Text size="sm" c="dimmed">
            {t.recoveryNewText}
          </Text>
          <RecoveryCodes login={person.login} onMade={() => setTold(true)} onDone={done('')} />
        </Stack>
      )}
    </Modal>
  );
}

function Dialogs({ open, onClose }: { open: Open; onClose: () => void }) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const changed = useAccountChanged();
  if (open === null) return null;
  if (open === 'totp-remove' || typeof open === 'object') {
    const path = open === 'totp-remove' ? '/v1/me/totp' : `/v1/me/passkeys/${open.id}`;
    const remove = async () => {
      await api.remove(path);
      await changed();
    };
    return (
      <Confirm opened onClose={onClose} title={open === 'totp-remove' ? t.codes : t.removePasskey(open.name)} confirm={c.remove} danger onConfirm={remove}>
        <Text>{open === 'totp-remove' ? t.codesRemoveText : t.removePasskeyText}</Text>
      </Confirm>
    );
  }
  return <Forms open={open} onClose={onClose} />;
}

export function Factors() {
  const t = useTexts(texts);
  const { factors } = useSession();
  const [open, setOpen] = useState<Open>(null);
  return (
    <Section title={t.factors}>
      {factors.recovery_left < 3 && (
        <Alert color="yellow" mb="sm" icon={<Icon name="warn" />}>
          {t.fewCodes}
        </Alert>
      )}
      <Passkeys onOpen={setOpen} />
      <Row icon="key" name={t.password} note={factors.password ? t.passwordSet : t.passwordNone}>
        <Button size="xs" variant="default" onClick={() => setOpen('password')}>
          {factors.password ? t.passwordChange : t.passwordMake}
        </Button>
      </Row>
      <Row icon="clock" name={t.codes} note={factors.totp ? t.codesSet : t.codesNone}>
        <Button size="xs" variant="default" onClick={() => setOpen(factors.totp ? 'totp-remove' : 'totp')}>
          {factors.totp ? t.codesRemove : t.codesMake}
        </Button>
      </Row>
      <Row icon="file" name={t.recovery} note={t.recoveryLeft(factors.recovery_left)}>
        <Button size="xs" variant="default" onClick={() => setOpen('recovery')}>
          {t.recoveryNew}
        </Button>
      </Row>
      <Dialogs open={open} onClose={() => setOpen(null)} />
    </Section>
  );
}
