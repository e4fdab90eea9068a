// How a registrar differs from what it was told (src/service/drift.cc), and what to do about it here; the server's own
// next step is for its command line.
import type { Drift } from '../../api/types';
import { defineTexts } from '../../i18n/texts';

export const driftTexts = defineTexts({
  en: {
    is_missing: 'missing',
    is_different: 'another password',
    'is_not-gone': 'should be gone',
    is_foreign: 'not from here',
    is_repaired: 'withdrawn',
    next_missing: 'Rotate the credentials of the device: it and the registrar get fresh ones.',
    next_different: 'Rotate the credentials of the device: it and the registrar get fresh ones.',
    'next_not-gone': 'Tick “Withdraw again what should be gone”, and compare again.',
    next_foreign: 'Nothing: somebody else made it.',
    next_repaired: 'Nothing: it is withdrawn again.',
  },
  de: {
    is_missing: 'fehlt',
    is_different: 'anderes Passwort',
    'is_not-gone': 'sollte fort sein',
    is_foreign: 'nicht von hier',
    is_repaired: 'zurückgezogen',
    next_missing: 'Wechseln Sie die Zugangsdaten des Geräts: es und der Registrar bekommen frische.',
    next_different: 'Wechseln Sie die Zugangsdaten des Geräts: es und der Registrar bekommen frische.',
    'next_not-gone': 'Wählen Sie „Noch einmal zurückziehen, was fort sein sollte“, und vergleichen Sie noch einmal.',
    next_foreign: 'Nichts: jemand anderes hat es angelegt.',
    next_repaired: 'Nichts: es ist noch einmal zurückgezogen.',
  },
});

export function driftOf({ what, repaired }: Pick<Drift, 'what' | 'repaired'>): Drift['what'] | 'repaired' {
  return repaired ? 'repaired' : what;
}
