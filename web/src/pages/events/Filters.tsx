import { Button, Group, Select, Switch } from '@mantine/core';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { FilterInput } from '../../parts/FilterInput';
import { Icon } from '../../parts/icons';
import type { EventFilter } from './live';
import { texts } from './texts';

interface Props {
  filter: EventFilter;
  kinds: string[];
  rules: string[];
  onChange: (change: Record<string, string | null>) => void;
}

const names = ['q', 'device', 'kind', 'rule', 'refused'] as const;

export function Filters({ filter, kinds, rules, onChange }: Props) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const isSet = names.some(name => filter[name]);
  return (
    <Group gap="xs" mb="sm" role="search" aria-label={c.filter}>
      <FilterInput label={t.q} leftSection={<Icon name="search" size={15} />} flex="1 1 220px" maw={340} value={filter.q} onChange={q => onChange({ q })} />
      <FilterInput label={t.device} flex="0 1 150px" value={filter.device} onChange={device => onChange({ device })} />
      <Select aria-label={t.rule} placeholder={t.rule} data={rules} value={filter.rule || null} onChange={rule => onChange({ rule })} searchable clearable w={190} />
      <Select aria-label={t.kind} placeholder={t.kind} data={kinds} value={filter.kind || null} onChange={kind => onChange({ kind })} searchable clearable w={170} />
      <Switch label={t.refused} checked={filter.refused} onChange={event => onChange({ refused: event.currentTarget.checked ? 'true' : null })} />
      {isSet && (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange(Object.fromEntries(names.map(name => [name, null])))}>
          {t.clearFilter}
        </Button>
      )}
    </Group>
  );
}
