import { number } from '../../i18n/format';
import { defineTexts, plural } from '../../i18n/texts';

export const arrivalTexts = defineTexts({
  en: {
    title: 'Phones that call home',
    lead: 'Of the phones of this list, since it was written.',
    came: (came: number, total: number) => `${number(came)} of ${number(total)} came so far`,
    missing: 'Not seen yet',
    noSite: 'No site',
    ofSite: (missing: number, seen: number) => `${number(missing)} ${plural(missing, 'phone', 'phones')} missing, ${number(seen)} came`,
    report: 'All silent sites are in the report',
  },
  de: {
    title: 'Telefone, die sich melden',
    lead: 'Von den Telefonen dieser Liste, seit sie geschrieben wurde.',
    came: (came, total) => `${number(came)} von ${number(total)} haben sich bisher gemeldet`,
    missing: 'Noch nicht gesehen',
    noSite: 'Ohne Standort',
    ofSite: (missing, seen) => `${number(missing)} ${plural(missing, 'Telefon fehlt', 'Telefone fehlen')}, ${number(seen)} kamen`,
    report: 'Alle stillen Standorte stehen im Bericht',
  },
});
