import type { Known, VendorCard } from '../../api/types';
// How its phones prove themselves, and how they find the server.
import { useTexts } from '../../i18n/texts';
import { CopyValue } from '../../parts/CopyButton';
import { Facts } from '../../parts/Facts';
import { Section } from '../../parts/Section';
import { texts } from '../vendors/texts';

export function Access({ card }: { card: VendorCard }) {
  const t = useTexts(texts);
  const { access, secrets, tls, resync } = card;
  const answer = (known: Known) => t[`answer_${known}`];
  return (
    <Section title={t.access}>
      <Facts
        of={[
          [t.certificate, `${t[`models_${access.certificate}`]}. ${access.note}`],
          [t.digest, answer(access.digest)],
          [t.basic, answer(access.basic)],
          [t.tokenUrl, answer(access.token_url)],
          [t.tls, `${tls.minimum}. ${tls.note}`],
          [t.secretMode, `${secrets.preferred} (${t.possible}: ${secrets.possible.join(', ')}). ${secrets.reason}`],
          [t.resync, <span key="r" className="mono">{resync.event}</span>],
        ]}
      />
    </Section>
  );
}

export function Setup({ card }: { card: VendorCard }) {
  const t = useTexts(texts);
  const { setup } = card;
  return (
    <Section title={t.setup}>
      <Facts
        of={[
          setup.url !== '' && [t.url, <CopyValue key="u" text={setup.url} />],
          setup.dhcp_options.length > 0 && [t.dhcp, setup.dhcp_options.join(', ')],
          setup.redirection !== '' && [t.redirection, setup.redirection],
          setup.manual !== '' && [t.manual, setup.manual],
          setup.factory_reset !== '' && [t.reset, setup.factory_reset],
        ]}
      />
    </Section>
  );
}
