// The topics of a review in German; the server speaks English. Names as in src/service/review_topic.cc.
import type { ReviewFinding, ReviewTopic } from '../../api/types';
import { language } from '../../i18n/language';

const german: Record<ReviewTopic, [string, string]> = {
  clone: ['Dasselbe Zertifikat, Passwort oder Token war an zwei Orten am Werk.', 'Finden Sie heraus, welches das Telefon ist. Kann sein Schlüssel entwichen sein, mustern Sie das Gerät aus und tauschen das Telefon.'],
  'pin-mismatch': ['Ein Gerät kam mit einem anderen Schlüssel als dem, den es zuerst benutzte.', 'Wurde es repariert oder getauscht, bestätigen Sie den Schlüssel auf der Seite des Geräts. Sonst lehnen Sie ihn ab und fragen den Hersteller, ob seine CA missbraucht wurde.'],
  'forged-certificates': ['Jemand zeigte Zertifikate, die kein Telefon des Herstellers hat.', 'Heben Sie diese Ereignisse auf. Hat eine vertraute CA sie signiert, wurde sie missbraucht: fragen Sie den Hersteller, und lehnen Sie sie bis dahin ab.'],
  'other-phones-file': ['Ein Telefon bewies, ein Gerät zu sein, und fragte nach der Datei eines anderen.', 'Kopierte Einstellungen oder falsches Etikett: setzen Sie das Telefon zurück. Immer wieder, oder für viele MACs: mustern Sie das Gerät aus und sprechen mit seinem Besitzer.'],
  withdrawn: ['Widerrufene oder abgelehnte Zertifikate, oder ausgemusterte Telefone, rufen noch an.', 'Sie bekommen nichts. Finden Sie die Telefone, oder wer jetzt ihre Schlüssel hat.'],
  guessing: ['Jemand rät Namen, Passwörter oder einmalige Adressen.', 'Er bekommt nichts. Sind Telefone von Ihnen darunter, stellen Sie sie neu scharf; sonst lassen Sie die Sperren.'],
  'used-tokens': ['Einmalige Adressen wurden nach der Lieferung noch einmal geöffnet, oder nicht von einem Telefon.', 'Bekam das Telefon die Lieferung nicht, dann jemand anderes. Stellen Sie es neu scharf, und geben Sie die neue Adresse dort weiter, wo keine Vorschau sie öffnet.'],
  sweep: ['Eine Adresse oder ein Netz probierte viele MACs.', 'Es wurde gesperrt. Sind es Ihre Telefone, importieren Sie die CA des Herstellers und heben dann die Sperre auf.'],
  'slow-scan': ['MACs werden langsam und von vielen Adressen aus probiert.', 'Keine Sperre hält das auf, und es erfährt nichts. Sind es echte MACs von Ihnen, fragen Sie, wo eine Liste davon lag.'],
  'generic-certificates': ['Es kamen Zertifikate, die in jedem Telefon dieselben sind.', 'Sie beweisen kein Gerät. Tauschen Sie solche Telefone; jeder andere hat es aus einem geholt.'],
  trail: ['Die Aufzeichnungen selbst haben einen Bruch.', 'Finden Sie heraus, wer es war und warum; prüfen Sie mit den Köpfen, die den Rechner verlassen haben.'],
  trouble: ['Der Server konnte seinen Teil nicht tun.', 'Sehen Sie die Einzelheiten an, die Seite „Server“ und das Protokoll; richten Sie Platte, Uhr oder Einstellung.'],
  'unknown-issuers': ['Es kamen Zertifikate, deren CA hier nicht vertraut wird.', 'Ist ein Aussteller ein Hersteller von Ihnen, holen Sie seine CA von ihm und importieren sie. Alle anderen sind Fremde.'],
  'trust-changes': ['Menschen änderten, welchen CAs und Zertifikaten vertraut wird.', 'Sehen Sie nach, ob jede Änderung gewollt war, und vergleichen Sie Fingerabdrücke mit denen des Herstellers.'],
  relaxations: ['Menschen lockerten einen Schutz: Ausnahmen, bestätigte Schlüssel, aufgehobene Sperren.', 'Sehen Sie nach, ob jede noch ihren Grund hat.'],
  'unregistered-phones': ['Echte Telefone riefen an, die nirgends eingetragen sind.', 'Sind es Ihre, fügen Sie sie hinzu. Eine Herkunft mit vielen ist einen Anruf wert.'],
  'refused-phones': ['Eingetragene Telefone wurden nach einer Regel von Ihnen abgelehnt.', 'Die Gründe sagen, welche Regel; die Seite jedes Geräts sagt, was es einließe.'],
  'late-phones': ['Telefone kamen zu spät, oder wurden nie scharf gestellt.', 'Stellen Sie jene neu scharf, die versorgt werden sollen. Ein Telefon, das niemand erwartet, ist eine Frage wert.'],
  probing: ['Jemand fragte nach Dateien, nach denen kein Telefon fragt.', 'Nichts wurde gegeben. Ein Gerät von Ihnen darunter hat eine falsche Adresse.'],
  strangers: ['Fremde ohne Zertifikat fragten nach Dateien von Telefonen.', 'Nichts wurde gegeben: das erlebt jeder Server im Internet. Telefone ohne Werkszertifikat brauchen eine eigene Tür.'],
  tripwire: ['Jemand sprach unverschlüsselt mit dem Ohr, das nichts ausliefert.', 'Scanner tun das. Der Dateiname eines Telefons darunter heißt: ein Telefon ruft ohne TLS an, berichtigen Sie seine Adresse.'],
  bans: ['Netze wurden gesperrt.', 'Nichts, wenn niemand von Ihnen dahinter ist; sonst heben Sie die Sperre auf.'],
};

export function topicWords(finding: Pick<ReviewFinding, 'topic' | 'says' | 'next_step'>): { says: string; next: string } {
  const own = language() === 'de' ? german[finding.topic] : undefined;
  return own ? { says: own[0], next: own[1] } : { says: finding.says, next: finding.next_step };
}
