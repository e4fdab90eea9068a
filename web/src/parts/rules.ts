// What a rule of the server's decision says, in German; the server itself speaks English. The names are those of
// src/domain/rule.cc, and tests/unit/rules.test.ts compares.
import { language } from '../i18n/language';

interface Said {
  saw: string;
  next: string;
}

const nothing = 'Nichts zu tun.';

export const german: Record<string, Said> = {
  'no-certificate': { saw: 'Das Telefon zeigte kein Zertifikat.', next: 'Modelle ohne Werkszertifikat brauchen einen anderen Weg; prüfen Sie Uhr und Firmware des Telefons.' },
  'certificate-untrusted': { saw: 'Keine importierte Hersteller-CA bürgt für das Zertifikat des Telefons.', next: 'Importieren Sie die CA des Herstellers; sonst zeigt das Telefon ein Zertifikat, das nicht ab Werk ist.' },
  'certificate-expired': { saw: 'Die Gültigkeit des Zertifikats ist vorbei.', next: 'Prüfen Sie die Uhr des Servers; wo die Herstellerdatei es duldet, senken Sie die Mindestbewertung des Mandanten auf 4.' },
  'certificate-not-yet-valid': { saw: 'Das Zertifikat gilt noch nicht.', next: 'Prüfen Sie die Uhr des Servers.' },
  'certificate-revoked': { saw: 'Der Hersteller hat das Zertifikat widerrufen.', next: 'Tauschen Sie das Telefon.' },
  'certificate-distrusted': { saw: 'Zertifikat, Schlüssel oder CA stehen auf der Ablehnungsliste dieses Servers.', next: 'Die Seite „Vertrauen“ sagt, wer es ablehnte und warum.' },
  'certificate-malformed': { saw: 'Das Zertifikat ist nicht das eines Geräts dieses Herstellers.', next: 'Die Einzelheiten sagen, was daran falsch ist; das Zertifikat eines echten Telefons ändert sich nie: vermuten Sie eine Fälschung.' },
  'certificate-generic': { saw: 'Das Zertifikat ist in jedem Telefon des Herstellers dasselbe.', next: 'Es beweist kein Gerät. Tauschen Sie das Telefon gegen eines mit eigenem Zertifikat.' },
  'vendor-prefix-mismatch': { saw: 'Die CA des Herstellers bürgte für eine MAC eines anderen.', next: 'Vermuten Sie ein gefälschtes oder falsch ausgestelltes Zertifikat; ist das Präfix neu, gehört es in die Herstellerdatei.' },
  'credential-refused': { saw: 'Kein Gerät hat diesen Namen oder dieses Token, oder das Passwort ist falsch.', next: 'Soll da ein Telefon sein, stellen Sie es scharf und geben ihm ein neues Token; sonst rät jemand: sehen Sie die Herkunft an.' },
  'method-refused': { saw: 'Diese Methode benutzt hier kein Telefon.', next: nothing },
  'path-unknown': { saw: 'Das Telefon fragt nach einer Datei, nach der Telefone dieses Herstellers nicht fragen.', next: 'Prüfen Sie die Adresse, die im Telefon steht.' },
  'claim-mismatch': { saw: 'Das Telefon bewies, ein Gerät zu sein, und fragt nach einem anderen.', next: 'Kopierte Einstellungen oder falsches Etikett: setzen Sie das Telefon zurück, oder vermuten Sie jemanden, der fremde Dateien probiert.' },
  'token-header-missing': { saw: 'Ein Token kam ohne die Kopfzeile, die diese Telefone senden.', next: 'Eine Vorschau oder ein Sammler öffnete den Link; das Token gilt noch. Geben Sie es dort weiter, wo nichts es öffnet.' },
  'device-unknown': { saw: 'Ein echtes Telefon, das zu keinem Mandanten gehört.', next: 'Fügen Sie es einem Mandanten hinzu.' },
  'vendor-mismatch': { saw: 'Das Gerät ist als das eines anderen Herstellers eingetragen.', next: 'Berichtigen Sie den Hersteller des Geräts.' },
  'vendor-not-served': { saw: 'Diese Tür ist für Telefone anderer Hersteller.', next: 'Schicken Sie das Telefon zu einer Tür für seinen Hersteller, oder nehmen Sie ihn in deren Liste auf.' },
  'device-retired': { saw: 'Das Gerät ist ausgemustert.', next: 'Entfernen Sie es und fügen es wieder hinzu, wenn es zurück ist.' },
  'token-spent': { saw: 'Das Token wurde schon benutzt: seine eine Lieferung ist vollständig.', next: 'Bekam das Telefon sie nicht, dann jemand anderes: die Lieferungen sagen, von wo. Stellen Sie es neu scharf.' },
  'token-expired': { saw: 'Die Zeit des Tokens ist vorbei.', next: 'Machen Sie ein neues.' },
  'access-mismatch': { saw: 'Das Telefon wies sich anders aus, als für es eingestellt ist.', next: 'Ändern Sie seinen Zugang; ein Zertifikat wird am besten bewertet.' },
  'fallback-not-allowed': { saw: 'Der Mandant erlaubt diesen Weg ohne Zertifikat nicht.', next: 'Die Regel „fallback“ des Mandanten erlaubt ihn; ein Telefon mit Zertifikat braucht ihn nicht.' },
  'source-not-allowed': { saw: 'Das Telefon kam von außerhalb der erlaubten Netze.', next: 'Prüfen Sie die Adresse; die Netze stehen in der Regel „fallback_networks“ des Mandanten und im Token.' },
  'device-not-armed': { saw: 'Das Gerät ist eingetragen, wurde aber nie bereit gemacht.', next: 'Stellen Sie es scharf.' },
  'window-passed': { saw: 'Das Telefon kam nach seinem Zeitfenster; seine Geheimnisse sind vernichtet.', next: 'Stellen Sie es neu scharf.' },
  'key-mismatch': { saw: 'Ein anderer Schlüssel als der, den dieses Gerät zuerst benutzte.', next: 'Wurde das Telefon getauscht oder repariert, bestätigen Sie den zurückgehaltenen Schlüssel; sonst vermuten Sie ein gefälschtes Zertifikat.' },
  'clone-suspected': { saw: 'Dasselbe Zertifikat, Passwort oder Token kam von zwei Adressen zugleich.', next: 'Finden Sie heraus, welches das Telefon ist; mustern Sie das Gerät aus, wenn sein Schlüssel entwichen sein kann.' },
  'rating-too-low': { saw: 'Das Telefon weist sich schwächer aus, als der Mandant verlangt.', next: 'Unten steht, was die Bewertung hebt; oder ändern Sie die Mindestbewertung des Mandanten.' },
  'repeats-exhausted': { saw: 'Die Übertragung brach zu oft ab, oder vor zu langer Zeit, um wiederholt zu werden.', next: 'Stellen Sie es neu scharf.' },
  'configuration-invalid': { saw: 'Die Konfiguration ließ sich nicht herstellen.', next: 'Die Einzelheiten nennen die Einstellung, die zu berichtigen ist.' },
  overloaded: { saw: 'Der Server konnte seinen Eintrag nicht schreiben, oder der Mandant hatte seine Anfragen verbraucht. Er lieferte nichts.', next: 'Prüfen Sie den Plattenplatz und den Zustand des Servers, oder die Grenze der Anfragen eines Mandanten.' },
  challenged: { saw: 'Die Tür fragte nach Name und Passwort.', next: 'Ein Telefon fragt damit sofort noch einmal. Eines, das es nicht tut, hat keine bekommen oder ist an der falschen Tür.' },
  'absent-by-design': { saw: 'Das Telefon fragte nach einer Datei, die es nicht geben darf.', next: nothing },
  'upload-discarded': { saw: 'Das Telefon lud eine Datei hoch; sie wurde nicht behalten.', next: nothing },
  'common-file': { saw: 'Das Telefon holte die Datei, die alle seiner Art teilen.', next: nothing },
  'first-delivery': { saw: 'Das Telefon bekam seine Konfiguration mit seinen Geheimnissen.', next: 'Es sollte sich binnen einer Minute anmelden.' },
  'repeat-delivery': { saw: 'Dasselbe Telefon bekam in der Nachfrist seine Konfiguration mit den Geheimnissen noch einmal.', next: 'Nichts zu tun, außer es geschieht oft: dann sehen Sie sein Netz an.' },
  'rotated-delivery': { saw: 'Das Telefon bekam seine Konfiguration mit frischen Geheimnissen.', next: nothing },
  'retained-delivery': { saw: 'Das Telefon bekam seine Konfiguration mit den aufbewahrten Geheimnissen.', next: 'Erwägen Sie „rotate“: jetzt bleibt das Passwort auf dem Server.' },
  'diagnostics-opened': { saw: 'Das Telefon bekam seine Konfiguration mit offener Weboberfläche und dem Passwort des Fensters.', next: 'Melden Sie sich an, bevor das Fenster endet.' },
  'diagnostics-closed': { saw: 'Das Diagnosefenster ist vorbei: das Telefon bekam seine Oberfläche geschlossen und ein Passwort, das niemand kennt.', next: nothing },
  resync: { saw: 'Das Telefon bekam seine Konfiguration ohne Geheimnisse; es behält die seinen.', next: 'Meldet es sich nach einem Werksreset nicht an, stellen Sie es neu scharf.' },
  'head-only': { saw: 'Das Telefon fragte nach der Datei, ohne sie zu holen.', next: nothing },
  'stage-without-secrets': { saw: 'Eine frühe Stufe des Starts holte die Datei ohne Geheimnisse.', next: 'Nichts zu tun: die nächste Stufe bekommt sie.' },
};

// The kinds of verdict that are no rule's name (docs/reference/verdicts.md). What a sentence tells besides, such as
// addresses and counts, is the server's own and is shown below it.
export const germanKinds: Record<string, Said> = {
  'never-seen': { saw: 'Noch nie da gewesen.', next: 'Prüfen Sie die MAC auf dem Etikett, Strom und Netz, und die Adresse im Telefon.' },
  'long-ago': { saw: 'Lange nicht da gewesen.', next: 'Schließen Sie das Telefon an; prüfen Sie Etikett, Netz und Adresse.' },
  'not-armed': { saw: 'Eingetragen, aber nicht scharf: es bekommt noch nichts.', next: 'Stellen Sie es scharf.' },
  retired: { saw: 'Ausgemustert.', next: 'Entfernen Sie es und fügen es wieder hinzu, wenn es zurück ist.' },
  'unknown-knocking': { saw: 'Ein echtes Telefon mit dieser MAC fragt und gehört zu keinem Mandanten.', next: 'Fügen Sie es einem Mandanten hinzu.' },
  'unknown-unproved': { saw: 'Etwas mit dieser MAC fragte, gehört zu keinem Mandanten und wies sich nicht aus.', next: 'Ist es das Telefon eines Kunden, fügen Sie es hinzu.' },
  'unknown-named': { saw: 'Ein Telefon mit anderem Zertifikat fragte nach der Datei dieser MAC. Sie gehört zu keinem Mandanten.', next: 'Vergleichen Sie das Etikett; fügen Sie das Telefon unter der MAC seines Zertifikats hinzu.' },
  'wrong-name': { saw: 'Zertifikat und Adresse nennen zwei Geräte: kopierte Einstellungen oder falsches Etikett. Nicht beliefert.', next: 'Setzen Sie das Telefon zurück; stand die falsche MAC in der Liste, fügen Sie die richtige hinzu.' },
  'not-yet-valid': { saw: 'Das Zertifikat des Telefons gilt noch nicht.', next: 'Prüfen Sie die Uhr des Servers (NTP).' },
  'expired-certificate': { saw: 'Das Zertifikat des Telefons ist abgelaufen.', next: 'Prüfen Sie die Uhr des Servers. Stimmt sie, tauschen Sie das Telefon, oder wählen Sie einen anderen Zugang.' },
  'phone-refused-us': { saw: 'Das Telefon wies den Server ab.', next: 'Prüfen Sie Uhr und Firmware des Telefons, und ob der Name in seiner Adresse im Zertifikat des Servers steht.' },
  'tls-too-old': { saw: 'Die Firmware ist zu alt für eine sichere Verbindung.', next: 'Aktualisieren Sie die Firmware; geht das nicht, nehmen Sie eine Tür für alte Telefone.' },
  'tls-no-cipher': { saw: 'Das Telefon bot kein Verfahren, das diese Tür nimmt.', next: 'Aktualisieren Sie die Firmware, oder nehmen Sie eine Tür für alte Telefone.' },
  'not-tls': { saw: 'Das Telefon sprach kein TLS: in seiner Adresse steht http statt https.', next: 'Setzen Sie im Telefon eine Adresse mit https.' },
  'wrong-path': { saw: 'Es fragt nach einer Datei, die es hier nicht gibt: die Adresse im Telefon ist falsch.', next: 'Berichtigen Sie die Adresse im Telefon.' },
  'locked-out': { saw: 'Seine Netzadresse ist gesperrt.', next: 'Ein Plattform-Verwalter kann die Sperre aufheben. Sehen Sie vorher nach, was von dort noch fragte.' },
  'old-content': { saw: 'Es hat seine Konfiguration geholt; seitdem haben sich Werte geändert, die es noch nicht hat.', next: 'Es bekommt sie beim nächsten Anruf. Schneller: stoßen Sie es an.' },
  served: { saw: 'Richtig beliefert. Kein Fehler der Versorgung.', next: 'Ist es nicht angemeldet, prüfen Sie sein SIP-Konto am Registrar. Nach einem Werksreset stellen Sie es scharf.' },
  loops: { saw: 'Es fragt immer wieder: es startet neu, oder nimmt nicht an, was es bekommt.', next: 'Sehen Sie das Protokoll des Telefons an, und was sich geändert hat.' },
};

// The server's words, or ours where the person reads German.
export function said(rule: string | undefined, server: { saw: string; next: string }): Said {
  if (language() !== 'de' || !rule) return server;
  return german[rule] ?? germanKinds[rule] ?? server;
}
