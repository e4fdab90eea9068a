import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api } from '../api/client';
import type { RecoveryCodes as Made } from '../api/types';
import { useTexts } from '../i18n/texts';
import { CopyButton } from '../parts/CopyButton';
import { Icon } from '../parts/icons';
import { ProblemNote } from '../parts/Problem';
import classes from './RecoveryCodes.module.css';
import { texts } from './texts';
import { useAttempt } from './useAttempt';

interface Props {
  login: string;
  onMade?: () => void; // the old ones are void, and these are shown this once
  onDone: () => void;
}

export function RecoveryCodes({ login, onMade, onDone }: Props) {
  const t = useTexts(texts);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [kept, setKept] = useState(false);
  const { busy, error, attempt } = useAttempt();
  const make = () =>
    attempt(async () => {
      setCodes((await api.post<Made>('/v1/me/recovery-codes')).codes);
      onMade?.();
    });
  return (
    <Stack gap="sm" className={classes.sheet ?? ''}>
      <Text fw={600}>{t.recoveryFor(login)}</Text>
      <Text size="sm">{t.recoveryLead}</Text>
      {error !== null && <ProblemNote error={error} />}
      {codes === null ? (
        <Group>
          <Button onClick={() => void make()} loading={busy}>
            {t.recoveryMake}
          </Button>
        </Group>
      ) : (
        <>
          <ol className={classes.codes}>
            {codes.map(code => (
              <li key={code} className="mono">
                {code}
              </li>
            ))}
          </ol>
          <Group gap="xs" className="no-print">
            <Button variant="default" size="xs" onClick={() => window.print()} leftSection={<Icon name="file" size={14} />}>
              {t.recoveryPrint}
            </Button>
            <CopyButton text={codes.join('\n')} />
          </Group>
          <Checkbox className="no-print" label={t.recoveryKept} checked={kept} onChange={event => setKept(event.currentTarget.checked)} />
          <Group className="no-print">
            <Button onClick={onDone} disabled={!kept}>
              {t.recoveryGo}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}
