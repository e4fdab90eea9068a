import { Button, Group, Text, TextInput } from '@mantine/core';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { ChooseTenant } from '../../parts/Choose';
import { FilterInput } from '../../parts/FilterInput';
import { type AuditFilter, filterNames } from './audit';
import { texts } from './texts';

interface Props {
  filter: AuditFilter;
  onChange: (change: Record<string, string | null>) => void;
}

export function Filters({ filter, onChange }: Props) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const isSet = Object.keys(filter).length > 0;
  return (
    <Group gap="xs" mb="sm" role="search" aria-label={c.filter}>
      <FilterInput label={t.kind} value={filter.kind ?? ''} onChange={kind => onChange({ kind })} flex="1 1 190px" maw={240} />
      <FilterInput label={t.device} value={filter.device ?? ''} onChange={device => onChange({ device })} flex="0 1 160px" />
      <ChooseTenant aria-label={t.tenant} placeholder={t.tenant} value={filter.tenant ?? null} onChange={tenant => onChange({ tenant })} clearable w={160} />
      <TextInput type="date" aria-label={t.since} leftSection={<Text size="xs">{t.since}</Text>} leftSectionWidth={74} value={filter.since ?? ''} onChange={event => onChange({ since: event.currentTarget.value })} w={205} />
      <TextInput type="date" aria-label={t.until} leftSection={<Text size="xs">{t.until}</Text>} leftSectionWidth={74} value={filter.until ?? ''} onChange={event => onChange({ until: event.currentTarget.value })} w={205} />
      {isSet && (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange(Object.fromEntries(filterNames.map(name => [name, null])))}>
          {t.clear}
        </Button>
      )}
    </Group>
  );
}
