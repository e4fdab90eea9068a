import { Button, Group, Select, Switch, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
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

// A box whose text goes into the address when one stops typing.
function Typed({ label, icon, value, width, onChange }: { label: string; icon?: boolean; value: string; width: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    setText(value);
  }
  const tell = useDebouncedCallback((next: string) => {
    setKnown(next.trim());
    onChange(next.trim());
  }, 250);
  return (
    <TextInput
      value={text}
      onChange={event => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
      aria-label={label}
      placeholder={label}
      leftSection={icon ? <Icon name="search" size={15} /> : undefined}
      flex={width}
      maw={340}
    />
  );
}

export function Filters({ filter, kinds, rules, onChange }: Props) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const isSet = names.some(name => filter[name]);
  return (
    <Group gap="xs" mb="sm" role="search" aria-label={c.filter}>
      <Typed label={t.q} icon value={filter.q} width="1 1 220px" onChange={q => onChange({ q })} />
      <Typed label={t.device} value={filter.device} width="0 1 150px" onChange={device => onChange({ device })} />
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
