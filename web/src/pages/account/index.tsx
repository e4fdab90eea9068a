import { Stack } from '@mantine/core';
import { useSession } from '../../api/session';
import { useTexts } from '../../i18n/texts';
import { PageHead } from '../../parts/PageHead';
import { Factors } from './Factors';
import { Sessions } from './Sessions';
import { texts } from './texts';

export default function Account() {
  const t = useTexts(texts);
  const { person } = useSession();
  return (
    <>
      <PageHead title={t.title} lead={`${person.name} · ${person.login}`} />
      <Stack gap="md" maw={900}>
        <Factors />
        <Sessions />
      </Stack>
    </>
  );
}
