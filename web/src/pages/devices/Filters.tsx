import { Button, Group, Pill, Select, Switch } from '@mantine/core';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { ChooseTenant, ChooseVendor } from '../../parts/Choose';
import { FilterInput } from '../../parts/FilterInput';
import { Icon } from '../../parts/icons';
import { deviceStates, stateTexts } from '../../parts/State';
import { type DeviceFilter, filterNames } from './list';
import { texts } from './texts';

interface Props {
  filter: DeviceFilter;
  onChange: (change: Record<string, string | null>) => void;
}

// Filters that have no box of their own, only links that set them: shown as words one can take away.
function Chips({ filter, onChange }: Props) {
  const t = useTexts(texts);
  const names = (['model', 'site', 'firmware', 'rating', 'held_key'] as const).filter(name => filter[name]);
  return names.map(name => (
    <Pill key={name} withRemoveButton onRemove={() => onChange({ [name]: null })} removeButtonProps={{ 'aria-label': `${t.clear} ${t[name]}` }} size="md">
      {name === 'held_key' ? t[name] : `${t[name]}: ${filter[name]}`}
    </Pill>
  ));
}

export function Filters({ filter, onChange }: Props) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const s = useTexts(stateTexts);
  const isSet = Object.keys(filter).length > 0;
  return (
    <Group gap="xs" mb="sm" wrap="wrap" role="search">
      <FilterInput
        type="search"
        label={c.search}
        placeholder={t.search}
        leftSection={<Icon name="search" size={15} />}
        flex="1 1 240px"
        maw={360}
        value={filter.q ?? ''}
        onChange={q => onChange({ q })}
      />
      <ChooseTenant
        aria-label={t.tenant}
        placeholder={t.tenant}
        value={filter.tenant ?? null}
        onChange={value => onChange({ tenant: value })}
        clearable
        w={165}
      />
      <ChooseVendor
        aria-label={t.vendor}
        placeholder={t.vendor}
        value={filter.vendor ?? null}
        onChange={value => onChange({ vendor: value })}
        clearable
        w={145}
      />
      <Select
        aria-label={t.state}
        placeholder={t.state}
        data={deviceStates.map(state => ({ value: state, label: s[state] }))}
        value={filter.state ?? null}
        onChange={value => onChange({ state: value })}
        clearable
        w={145}
      />
      <Switch
        label={t.neverSeen}
        checked={filter.never_seen === 'true'}
        onChange={event => onChange({ never_seen: event.currentTarget.checked ? 'true' : null })}
      />
      <Switch label={t.muted} checked={filter.muted === 'true'} onChange={event => onChange({ muted: event.currentTarget.checked ? 'true' : null })} />
      <Chips filter={filter} onChange={onChange} />
      {isSet && (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange(Object.fromEntries(filterNames.map(name => [name, null])))}>
          {t.clearFilter}
        </Button>
      )}
    </Group>
  );
}
