// Why something is asked for that a second person may have to agree to. It may be left empty.
import { TextInput } from '@mantine/core';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';

export function Why({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTexts(common);
  return <TextInput label={t.why} description={t.whyHint} maxLength={128} value={value} onChange={event => onChange(event.currentTarget.value)} autoComplete="off" />;
}
