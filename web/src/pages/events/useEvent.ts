import { useQuery } from '@tanstack/react-query';
import { type Page, api } from '../../api/client';
import type { EventRow } from '../../api/types';

// The event with that number: of those that are shown, or asked for, as a link may lead to one that is long past. Null:
// there is none, or none that one may see.
export function useEvent(id: string | undefined, rows: readonly EventRow[]): EventRow | null | undefined {
  const shown = rows.find(row => String(row.id) === id);
  const number = Number(id);
  const asked = useQuery({
    queryKey: ['event', number],
    queryFn: async ({ signal }) => {
      if (!Number.isSafeInteger(number) || number < 1) return null;
      const page = await api.get<Page<EventRow>>('/v1/events', { after: number - 1, limit: 1 }, signal);
      return page.items.find(row => row.id === number) ?? null;
    },
    enabled: id !== undefined && shown === undefined,
    staleTime: Infinity,
  });
  return id === undefined ? undefined : (shown ?? asked.data);
}
