import { Button, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client';
import type { Backup as Made } from '../../api/types';
import { bytes } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Note } from '../../parts/Note';
import { ProblemNote } from '../../parts/Problem';
import { Section } from '../../parts/Section';
import classes from './server.module.css';
import { texts } from './texts';

export function Backup() {
  const t = useTexts(texts);
  const [path, setPath] = useState('');
  const [busy, setBusy] = useState(false);
  const [made, setBackupMade] = useState<Made | null>(null);
  const [error, setError] = useState<unknown>(null);
  const go = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    setBackupMade(null);
    try {
      setBackupMade(await api.post<Made>('/v1/backups', { path: path.trim() }));
    } catch (problem) {
      setError(problem);
    }
    setBusy(false);
  };
  return (
    <Section title={t.backup} note={t.backupNote}>
      <form onSubmit={event => void go(event)} className={classes.stack}>
        <Text size="sm">{t.backupText}</Text>
        <TextInput label={t.backupPath} description={t.backupHint} placeholder="/var/backups/provost/2026-11-26.db" value={path} onChange={event => setPath(event.currentTarget.value)} classNames={{ input: 'mono' }} autoComplete="off" />
        {error !== null && <ProblemNote error={error} />}
        {made !== null && (
          <Note tone="good" icon="check">
            {t.backupDone(made.path, bytes(made.bytes))}
          </Note>
        )}
        <div>
          <Button type="submit" variant="default" loading={busy} disabled={!path.trim().startsWith('/')}>
            {t.backupMake}
          </Button>
        </div>
      </form>
    </Section>
  );
}
