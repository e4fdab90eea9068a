// A MAC that is no device: did a phone with it ask, and where does it belong?
import { Button, Stack } from '@mantine/core';
import { Suspense, lazy, useState } from 'react';
import { useMay } from '../../api/session';
import type { ExplainedStranger } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { macPairs } from '../../parts/mac';
import { PageHead } from '../../parts/PageHead';
import { Section } from '../../parts/Section';
import { texts } from './texts';
import { Timeline } from './Timeline';
import { Verdict, VerdictBox } from './Verdict';

const AddDevice = lazy(() => import('../devices/AddDevice'));

function AddButton({ mac }: { mac: string }) {
  const t = useTexts(texts);
  const may = useMay();
  const [adding, setAdding] = useState(false);
  if (!may('tenant-admin')) return null;
  return (
    <>
      <Button size="xs" onClick={() => setAdding(true)}>
        {t.add}
      </Button>
      {adding && (
        <Suspense fallback={null}>
          <AddDevice onClose={() => setAdding(false)} mac={mac} />
        </Suspense>
      )}
    </>
  );
}

export function Unknown({ mac, explained }: { mac: string; explained: ExplainedStranger | null }) {
  const t = useTexts(texts);
  return (
    <>
      <PageHead title={macPairs(mac)} lead={t.unknownTitle} />
      {explained ? (
        <Stack gap="md">
          <Verdict explained={explained}>
            <AddButton mac={mac} />
          </Verdict>
          <Section title={t.timeline}>
            <Timeline contacts={explained.contacts} />
          </Section>
        </Stack>
      ) : (
        <VerdictBox tone="note" saw={t.unknownQuiet} next={t.unknownNext}>
          <AddButton mac={mac} />
        </VerdictBox>
      )}
    </>
  );
}
