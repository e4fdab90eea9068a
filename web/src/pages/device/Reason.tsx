// Why somebody does something, for whoever reads the audit trail; nobody is made to say it.
import { TextInput } from '@mantine/core';
import { useTexts } from '../../i18n/texts';
import { careTexts } from './care';

export function Reason({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const t = useTexts(careTexts);
  return <TextInput label={t.reason} description={t.reasonHint} value={value} onChange={event => onChange(event.currentTarget.value)} maxLength={256} autoComplete="off" />;
}

export const why = (reason: string) => (reason.trim() ? { reason: reason.trim() } : {});
