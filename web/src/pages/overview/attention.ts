// What needs a person, in German: the server says it in English.
import type { Attention } from '../../api/types';
import { number } from '../../i18n/format';
import { language } from '../../i18n/language';
import { plural } from '../../i18n/texts';

type Words = { title: string; next: string };

const devices = (count: number) => `${number(count)} ${plural(count, 'Gerät', 'Geräte')}`;

// 'tenant=a&site=b' of a link, in words.
function placeOf(link: string): string {
  const query = new URLSearchParams(link.split('?')[1] ?? '');
  const site = query.get('site');
  return [query.get('tenant') ?? '', site ? `Standort ${site}` : 'ohne Standort'].join(', ');
}

// A name that the English title has in quotes or brackets.
const quoted = (title: string) => /['(]([^')]+)[')]/.exec(title)?.[1] ?? '';

const german: Record<string, (one: Attention) => Words> = {
  'held-keys': one => ({
    title: `${devices(one.count)} ${plural(one.count, 'kam', 'kamen')} mit einem anderen Schlüssel als bisher`,
    next: 'Bestätigen Sie ihn, wo das Telefon getauscht oder repariert wurde; sonst lehnen Sie ihn ab und vermuten eine Fälschung.',
  }),
  expired: one => ({
    title: `Das Zeitfenster von ${devices(one.count)} ist vorbei; ${plural(one.count, 'seine', 'ihre')} Geheimnisse sind vernichtet`,
    next: 'Stellen Sie jene neu scharf, die noch kommen sollen.',
  }),
  'silent-site': one => ({
    title: `${placeOf(one.link)}: ${devices(one.count)} ${plural(one.count, 'kam', 'kamen')} nie`,
    next: 'Kam von dort noch keines, prüfen Sie DHCP-Option und Firewall; sonst das Etikett.',
  }),
  'expiry-braked': () => ({
    title: 'Die Uhr sprang und hätte viele Geräte geleert: nichts läuft mehr ab',
    next: 'Prüfen Sie die Uhr des Servers, dann lösen Sie die Bremse.',
  }),
  'registrar-away': one => ({
    title: `Registrar „${quoted(one.title)}“ antwortet nicht`,
    next: 'Neue Zugangsdaten warten, bis er es tut: Telefone können sich damit nicht anmelden.',
  }),
  'certificate-ends': one => ({
    title: `Das Zertifikat des Servers (${quoted(one.title)}) läuft ab`,
    next: 'Legen Sie ein neues an seine Stelle und laden Sie neu: Telefone lehnen ein abgelaufenes ab.',
  }),
  'alerts-fail': one => ({ title: `Meldungen erreichen „${quoted(one.title)}“ nicht`, next: one.next_step }),
  'webhook-away': one => ({ title: `Ereignisse erreichen den Webhook „${quoted(one.title)}“ nicht`, next: one.next_step }),
  'review-due': () => ({ title: 'Die Durchsicht verdächtiger Vorgänge ist fällig', next: 'Sehen Sie sie an und haken Sie sie ab.' }),
  bans: one => ({
    title: `${number(one.count)} ${plural(one.count, 'Netz ist', 'Netze sind')} gesperrt`,
    next: 'Heben Sie Sperren auf, die Kunden aussperren.',
  }),
};

export function wordsOf(one: Attention): Words {
  const own = language() === 'de' ? german[one.kind] : undefined;
  return own ? own(one) : { title: one.title, next: one.next_step };
}

// The urgent first, otherwise in the server's order.
export function byUrgency(list: readonly Attention[]): Attention[] {
  return list.toSorted((a, b) => Number(b.urgency === 'act') - Number(a.urgency === 'act'));
}
