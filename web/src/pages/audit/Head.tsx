import { useQuery } from '@tanstack/react-query';
import { Text } from '@mantine/core';
import { api } from '../../api/client';
import type { AuditHead } from '../../api/types';
import { dateTime, number } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { CopyButton } from '../../parts/CopyButton';
import { Facts } from '../../parts/Facts';
import { Section } from '../../parts/Section';
import { texts } from './texts';

export function Head() {
  const t = useTexts(texts);
  const query = useQuery({ queryKey: ['audit-head'], queryFn: ({ signal }) => api.get<AuditHead>('/v1/audit/head', {}, signal), staleTime: 30_000 });
  const mono = (text: string) => <span className="mono">{text}</span>;
  return (
    <Section title={t.head} note={t.headNote} actions={query.data && <CopyButton text={query.data.line} label={t.copyLine} />}>
      <Answer of={query} rows={3}>
        {head => (
          <>
            <Facts
              of={[
                [t.headSeq, number(head.seq)],
                [t.headAt, dateTime(head.at)],
                [t.headKey, mono(head.key)],
                [t.headLink, mono(head.link)],
              ]}
            />
            <Text size="xs" c="dimmed" mt="xs">
              {t.verify}
            </Text>
          </>
        )}
      </Answer>
    </Section>
  );
}
