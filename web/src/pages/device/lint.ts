// What the server says of a hardening rule and one phone (src/service/device_lint.cc).
import { defineTexts } from '../../i18n/texts';
import type { Tone } from '../../parts/State';

export type LintState = 'kept' | 'broken' | 'lifted' | 'cannot' | 'not here';

export const lintTones: Record<LintState, Tone> = { kept: 'good', broken: 'bad', lifted: 'warn', cannot: 'warn', 'not here': 'note' };

export const lintTexts = defineTexts({
  en: { kept: 'kept', broken: 'broken', lifted: 'lifted', cannot: 'can’t be', 'not here': 'not here' },
  de: { kept: 'eingehalten', broken: 'verletzt', lifted: 'aufgehoben', cannot: 'geht nicht', 'not here': 'hier nicht' },
});

export function isLintState(state: string): state is LintState {
  return state in lintTones;
}
