// What waits, in words.
import type { PendingCall } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { texts } from './texts';

// Of an action that has none here, what the server says.
export function useDoes(): (one: PendingCall) => string {
  const t = useTexts(texts);
  const words: Record<string, string> = {
    'trust.change': t.does_trust,
    'tenant.change': t.does_tenant,
    'tenant.settings': t.does_settings,
    'tenant.rotate': t.does_rotate,
    'tenant.resync': t.does_resync,
    'exception.change': t.does_exception,
  };
  return one => {
    if (one.path === '/v1/arms') return t.does_arm;
    return one.row ? t.does_distrust : (words[one.action] ?? one.says);
  };
}
