// Says that an import has ended, wherever one is by then.
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { every, isFinal } from '../api/again';
import { api } from '../api/client';
import type { ImportJob } from '../api/types';
import { number } from '../i18n/format';
import { defineTexts, plural, useTexts } from '../i18n/texts';
import { Link } from '../router/router';
import { unwatch, useWatched } from './watched';

const texts = defineTexts({
  en: {
    done: (count: number) => `The import is done: ${number(count)} ${plural(count, 'phone', 'phones')} written`,
    stopped: 'The import stopped before its end',
    show: 'See what came of it',
  },
  de: {
    done: count => `Der Import ist fertig: ${number(count)} ${plural(count, 'Telefon', 'Telefone')} geschrieben`,
    stopped: 'Der Import hielt vor seinem Ende an',
    show: 'Sehen, was daraus wurde',
  },
});

const ends = ['done', 'failed', 'cancelled', 'interrupted'];

function Watch({ id }: { id: string }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ['import-watched', id],
    queryFn: ({ signal }) => api.get<ImportJob>(`/v1/imports/${id}`, {}, signal),
    refetchInterval: every(1500),
    staleTime: 0,
    gcTime: 0,
  });
  const ended = data && ends.includes(data.state) ? data : undefined;
  const gone = isFinal(error);
  useEffect(() => {
    if (!ended && !gone) return;
    if (!unwatch(id) || !ended) return;
    const written = ended.report?.applied ?? (ended.undo?.added ?? 0) + (ended.undo?.changed ?? 0);
    const done = ended.state === 'done';
    notifications.show({
      id: `import-${id}`,
      color: done ? 'green' : 'yellow',
      title: done ? t.done(written) : t.stopped,
      message: <Link href={`/import?job=${id}`}>{t.show}</Link>,
      autoClose: 15_000,
    });
    void client.invalidateQueries({ queryKey: ['devices'] });
    void client.invalidateQueries({ queryKey: ['import', id] });
  }, [ended, gone, id, t, client]);
  return null;
}

export function ImportWatch() {
  return useWatched().map(id => <Watch key={id} id={id} />);
}
