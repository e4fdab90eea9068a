// Ctrl K: pages by name, devices by MAC in any spelling, last digits, number. Enter opens the first.
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData, createSpotlight } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { api } from '../api/client';
import { asProblem } from '../api/problem';
import { useMay, useSession } from '../api/session';
import type { Search as Found } from '../api/types';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Icon } from '../parts/icons';
import { macPairs } from '../parts/mac';
import { stateTexts } from '../parts/State';
import { navigate } from '../router/router';
import { routes, shownTo } from './routes';
import { texts } from './texts';

const [store, spotlight] = createSpotlight();

export const openSearch = spotlight.open;

// As the palette itself does with each letter; what is found comes after that, and above what was chosen.
function chooseFirst() {
  const list = document.getElementById(store.getState().listId);
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected');
  list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  store.updateState(state => ({ ...state, selected: 0 }));
}

function usePageActions(query: string): SpotlightActionData[] {
  const language = useLanguage();
  const may = useMay();
  const { person } = useSession();
  const wanted = query.trim().toLowerCase();
  return routes
    .filter(r => shownTo(r, person.role, may))
    .filter(r => wanted === '' || `${r.en} ${r.de}`.toLowerCase().includes(wanted))
    .map(r => ({
      id: r.path,
      label: r[language],
      leftSection: <Icon name={r.icon} />,
      onClick: () => navigate(r.path),
    }));
}

// What was found, if it was asked for with what is typed by now: Enter opens the first of it at once.
export function foundFor<T>(typed: string, asked: string, found: T | undefined): T | undefined {
  return typed.length >= 2 && typed === asked ? found : undefined;
}

interface Hits {
  searching: boolean;
  trouble: string | null; // nothing was found because nobody could look
  devices: SpotlightActionData[];
  tenants: SpotlightActionData[];
}

function useFound(query: string): Hits {
  const t = useTexts(stateTexts);
  const typed = query.trim();
  const [wanted] = useDebouncedValue(typed, 120);
  const hits = useQuery({
    queryKey: ['search', wanted],
    queryFn: ({ signal }) => api.get<Found>('/v1/search', { q: wanted }, signal),
    enabled: wanted.length >= 2,
    retry: false,
  });
  const found = foundFor(typed, wanted, hits.data);
  const tenants = (found?.tenants ?? []).slice(0, 4).map(({ slug, name }) => ({
    id: `tenant ${slug}`,
    label: name || slug,
    description: slug,
    leftSection: <Icon name="tree" />,
    onClick: () => navigate(`/tenants/${slug}`),
  }));
  const devices = (found?.items ?? []).slice(0, 10).map(hit => ({
    id: hit.mac,
    label: macPairs(hit.mac),
    description: [hit.label, hit.model || hit.vendor, hit.tenant, t[hit.state]].filter(Boolean).join(' · '),
    leftSection: <Icon name="phone" />,
    onClick: () => navigate(`/devices/${hit.mac}`),
  }));
  const trouble = hits.error === null ? null : asProblem(hits.error).message;
  return { searching: typed.length >= 2 && (typed !== wanted || hits.isLoading), trouble, devices, tenants };
}

export function Search() {
  const t = useTexts(texts);
  const [query, setQuery] = useState('');
  const pages = usePageActions(query);
  const { searching, trouble, devices, tenants } = useFound(query);
  const actions = useMemo<SpotlightActionGroupData[]>(
    () => [
      { group: t.searchDevices, actions: devices },
      { group: t.searchTenants, actions: tenants },
      { group: t.searchPages, actions: pages },
    ],
    [devices, tenants, pages, t],
  );
  const found = [...devices, ...tenants].map(one => one.id).join(' ');
  useEffect(() => {
    if (found !== '') chooseFirst();
  }, [found]);
  return (
    <Spotlight
      store={store}
      centered={false} // it would jump as rows come
      actions={actions.filter(group => group.actions.length > 0)}
      query={query}
      onQueryChange={setQuery}
      filter={(_, all) => all}
      shortcut={['mod + K', '/']}
      nothingFound={searching ? null : (trouble ?? t.searchNothing)}
      searchProps={{ placeholder: t.searchHint, 'aria-label': t.search, leftSection: <Icon name="search" /> }}
      clearQueryOnClose
      scrollable
      maxHeight={460}
    />
  );
}
