import { number } from '../../i18n/format';
import { defineTexts, plural } from '../../i18n/texts';

export const compareTexts = defineTexts({
  en: {
    chosen: 'Beside the phone of its model that was served last.',
    named: 'Beside the phone that you named.',
    other: 'Compare with (MAC)',
    what: 'What',
    thisOne: 'This phone',
    verdict: 'Verdict',
    state: 'State',
    seen: 'Last seen',
    visits: 'Visits',
    visitsSeen: (looked: number, refused: number) => `${number(refused)} of the last ${number(looked)} refused`,
    served: 'Served',
    tls: 'TLS',
    key: 'Key',
    facts: 'Beside each other',
    differences: 'What is different in their files',
    counts: (differ: number, same: number) =>
      `${number(differ)} ${plural(differ, 'parameter differs', 'parameters differ')}, ${number(same)} ${plural(same, 'is', 'are')} alike; secrets are not compared`,
    alike: (same: number) => `All ${number(same)} parameters are alike; secrets are not compared.`,
    notInFile: 'not in its file',
    own: 'each its own',
  },
  de: {
    chosen: 'Neben dem Telefon seines Modells, das zuletzt beliefert wurde.',
    named: 'Neben dem Telefon, das Sie nannten.',
    other: 'Vergleichen mit (MAC)',
    what: 'Was',
    thisOne: 'Dieses Telefon',
    verdict: 'Befund',
    state: 'Zustand',
    seen: 'Zuletzt da',
    visits: 'Besuche',
    visitsSeen: (looked, refused) => `${number(refused)} der letzten ${number(looked)} abgelehnt`,
    served: 'Beliefert',
    tls: 'TLS',
    key: 'Schlüssel',
    facts: 'Nebeneinander',
    differences: 'Was in ihren Dateien anders ist',
    counts: (differ, same) =>
      `${number(differ)} ${plural(differ, 'Parameter ist', 'Parameter sind')} anders, ${number(same)} gleich; Geheimnisse werden nicht verglichen`,
    alike: same => `Alle ${number(same)} Parameter sind gleich; Geheimnisse werden nicht verglichen.`,
    notInFile: 'nicht in seiner Datei',
    own: 'jedes sein eigenes',
  },
});
