// Phones of the list, as they come: how many called home since it was written, and which sites are silent.
import { List, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { every } from '../../api/again';
import { api } from '../../api/client';
import type { ImportArrivals } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Section } from '../../parts/Section';
import { Link } from '../../router/router';
import { arrivalTexts } from './arrival-texts';

const soon = every(3000); // a server that was started since counts no more, and refuses

function Sites({ arrivals }: { arrivals: ImportArrivals }) {
  const t = useTexts(arrivalTexts);
  if (arrivals.silent_sites.length === 0) return null;
  return (
    <Stack gap={4} mt="sm">
      <Text fw={600}>{t.missing}</Text>
      <List size="sm" spacing={4}>
        {arrivals.silent_sites.slice(0, 20).map(one => (
          <List.Item key={`${one.tenant} ${one.site}`}>
            <b>{one.site || t.noSite}</b>, {one.tenant}: {t.ofSite(one.overdue + one.waiting, one.seen)}
            <Text size="sm" c="dimmed" lang="en">
              {one.guess}
            </Text>
          </List.Item>
        ))}
      </List>
      <Link href="/report">{t.report}</Link>
    </Stack>
  );
}

export function Arrivals({ id }: { id: string }) {
  const t = useTexts(arrivalTexts);
  const { data } = useQuery({
    queryKey: ['import-arrivals', id],
    queryFn: ({ signal }) => api.get<ImportArrivals>(`/v1/imports/${id}/arrivals`, {}, signal),
    refetchInterval: query => {
      const shown = query.state.data;
      return shown && shown.came === shown.total ? false : soon(query);
    },
  });
  if (!data || data.total === 0) return null;
  return (
    <Section title={t.title} note={t.lead}>
      <Text fw={600} aria-live="polite">
        {t.came(data.came, data.total)}
      </Text>
      <Progress value={(data.came / data.total) * 100} size="lg" mt="xs" aria-label={t.title} />
      <Sites arrivals={data} />
    </Section>
  );
}
