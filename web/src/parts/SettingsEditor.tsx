// Settings as pairs: names are suggested, a pair taken away is sent as an empty value.
import { ActionIcon, Autocomplete, Button, Stack, TextInput } from '@mantine/core';
import { defineTexts, useTexts } from '../i18n/texts';
import { Icon } from './icons';
import classes from './SettingsEditor.module.css';

const texts = defineTexts({
  en: { name: 'Setting', value: 'Value', add: 'Add a setting', remove: 'Take away' },
  de: { name: 'Einstellung', value: 'Wert', add: 'Einstellung hinzufügen', remove: 'Wegnehmen' },
});

export interface Pair {
  key: number; // while it is edited
  name: string;
  value: string;
}

// The names that one sets for many phones; the whole list is docs/reference/settings.md, and any of it may be typed.
const suggested = [
  'line.registrar_host', 'line.registrar_port', 'line.transport', 'line.outbound_proxy_host', 'line.outbound_proxy_port',
  'line.expires', 'line.srtp', 'line.codecs', 'line.dtmf', 'line.voicemail', 'line.realm',
  'time.zone', 'time.ntp_server', 'provisioning.url', 'provisioning.resync_every', 'language',
  'security.web_ui', 'security.menu_lock', 'security.minimum_tls', 'network.vlan_id', 'syslog.server',
]; // prettier-ignore

export function pairsOf(settings: Record<string, string>): Pair[] {
  return Object.entries(settings)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, value], key) => ({ key, name, value }));
}

// What to send so that `before` becomes what the pairs say: only what changed; empty takes a setting away.
export function changesOf(before: Record<string, string>, pairs: readonly Pair[]): Record<string, string> {
  const wanted = Object.fromEntries(pairs.filter(pair => pair.name.trim() !== '').map(pair => [pair.name.trim(), pair.value.trim()]));
  const changes: Record<string, string> = {};
  for (const [name, value] of Object.entries(wanted)) if (before[name] !== value) changes[name] = value;
  for (const name of Object.keys(before)) if (!(name in wanted)) changes[name] = '';
  return changes;
}

export function SettingsEditor({ pairs, onChange }: { pairs: Pair[]; onChange: (pairs: Pair[]) => void }) {
  const t = useTexts(texts);
  const change = (key: number, part: Partial<Pair>) => onChange(pairs.map(pair => (pair.key === key ? { ...pair, ...part } : pair)));
  const add = () => onChange([...pairs, { key: Math.max(0, ...pairs.map(pair => pair.key)) + 1, name: '', value: '' }]);
  return (
    <Stack gap={6}>
      {pairs.map(pair => (
        <div key={pair.key} className={classes.pair}>
          <Autocomplete aria-label={t.name} placeholder={t.name} data={suggested} value={pair.name} onChange={name => change(pair.key, { name })} classNames={{ input: 'mono' }} autoComplete="off" />
          <TextInput aria-label={`${t.value}: ${pair.name}`} placeholder={t.value} value={pair.value} onChange={event => change(pair.key, { value: event.currentTarget.value })} autoComplete="off" />
          <ActionIcon variant="subtle" color="gray" aria-label={`${t.remove}: ${pair.name}`} onClick={() => onChange(pairs.filter(one => one.key !== pair.key))}>
            <Icon name="cross" size={15} />
          </ActionIcon>
        </div>
      ))}
      <Button variant="light" size="xs" onClick={add} leftSection={<Icon name="plus" size={14} />}>
        {t.add}
      </Button>
    </Stack>
  );
}
