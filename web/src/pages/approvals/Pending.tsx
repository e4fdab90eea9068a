// One call that waits, with all that whoever decides must know: what it does, to whom, who asks and why, and the call
// itself.
import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client';
import type { PendingCall, PendingCertificate } from '../../api/types';
import { useAttempt } from '../../factors/useAttempt';
import { bytes, date } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Facts } from '../../parts/Facts';
import { Note } from '../../parts/Note';
import { ProblemNote } from '../../parts/Problem';
import { Ago } from '../../parts/Time';
import { inPairs } from '../trust/trust';
import { shortened } from './body';
import { texts } from './texts';
import { useDoes } from './words';

const mono = (text: string) => <span className="mono">{text}</span>;
const strong = (text: string) => <b>{text}</b>;
const ago = (at: string) => <Ago at={at} />;

function Certificate({ one }: { one: PendingCertificate }) {
  const t = useTexts(texts);
  return (
    <Stack gap={4} component="section" aria-label={one.subject}>
      <Facts
        of={[
          [t.certificate, one.subject],
          [t.issuer, one.issuer],
          [t.fingerprint, mono(inPairs(one.fingerprint))],
          [t.valid, t.fromTo(date(one.from), date(one.until))],
          one.vendor !== '' && [t.signs, t.phonesOf(one.vendor, one.anchor)],
        ]}
      />
      {one.outcome === 'not pinned' && <Note icon="warn">{t.notPinned}</Note>}
      {one.outcome === 'already there' && <Note>{t.alreadyThere}</Note>}
    </Stack>
  );
}

// A long body is cut in the list, and many devices are counted; here it can be had whole.
function Body({ of: one }: { of: PendingCall }) {
  const t = useTexts(texts);
  const [whole, setWhole] = useState<string | null>(null);
  const { busy, error, attempt } = useAttempt();
  const { before, more, after } = shortened(one.body, one.devices);
  const isCut = more > 0 || one.body_bytes > new TextEncoder().encode(one.body).length;
  const show = () => void attempt(async () => setWhole((await api.get<PendingCall>(`/v1/approvals/${one.id}`)).body));
  return (
    <Stack gap={4}>
      <Code block mah={220} style={{ overflow: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} tabIndex={0} aria-label={t.body}>
        {whole ?? before}
        {whole === null && more > 0 && (
          <Text span size="xs" fw={600} ff="text">
            {` … ${t.moreDevices(more)} `}
          </Text>
        )}
        {whole === null && after}
      </Code>
      {error !== null && <ProblemNote error={error} />}
      <Group gap="xs">
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t.digest(bytes(one.body_bytes), one.body_sha256)}
        </Text>
        {isCut && whole === null && (
          <Button size="compact-xs" variant="default" loading={busy} onClick={show}>
            {t.showAll}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

export function Pending({ of: one }: { of: PendingCall }) {
  const t = useTexts(texts);
  const does = useDoes();
  const query = Object.entries(one.query).filter(([name]) => name !== 'reason');
  return (
    <Stack gap="sm">
      <Facts
        of={[
          [t.what, strong(does(one))],
          [t.reach, `${t.devices(one.devices)}${one.tenant ? ` · ${one.tenant}` : ''}`],
          [t.by, one.by],
          [t.since, ago(one.asked)],
          [t.reason, one.reason || t.noReason],
          one.row && [t.row, [t[`row_${one.row.kind}`], one.row.vendor, one.row.anchor, one.row.reason].filter(Boolean).join(' · ')],
          [t.call, mono(`${one.method} ${one.path}`)],
          ...query.map(([name, value]) => [name, mono(value)] as const),
        ]}
      />
      {one.certificates.map(certificate => (
        <Certificate key={certificate.fingerprint} one={certificate} />
      ))}
      {one.body_bytes > 2 && <Body of={one} />}
    </Stack>
  );
}
