import { TextInput } from '@mantine/core';
import { useTexts } from '../../i18n/texts';
import { texts } from './texts';

export function RecoveryInput({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTexts(texts);
  return (
    <TextInput
      label={t.recovery}
      description={t.recoveryHint}
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
      autoComplete="off"
      autoCapitalize="none"
      classNames={{ input: 'mono' }}
      required
    />
  );
}
