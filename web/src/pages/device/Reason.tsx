// Why somebody does something, for whoever reads the audit trail; nobody is made to say it.
import { useTexts } from '../../i18n/texts';
import { Why } from '../../parts/Why';
import { careTexts } from './care';

export function Reason({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const t = useTexts(careTexts);
  return <Why label={t.reason} hint={t.reasonHint} value={value} onChange={onChange} />;
}

export const why = (reason: string) => (reason.trim() ? { reason: reason.trim() } : {});
