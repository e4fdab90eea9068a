// People who sign in, and programs that hold a token.
import { useTexts } from '../../i18n/texts';
import { PageHead } from '../../parts/PageHead';
import { QueryTabs } from '../../parts/QueryTabs';
import { People } from './People';
import { texts } from './texts';
import { Tokens } from './Tokens';

const people = () => <People />;
const tokens = () => <Tokens />;

export default function PeoplePage() {
  const t = useTexts(texts);
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      <QueryTabs
        label={t.title}
        tabs={[
          { id: 'people', label: t.people, show: people },
          { id: 'tokens', label: t.tokens, show: tokens },
        ]}
      />
    </>
  );
}
