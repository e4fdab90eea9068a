// What one can do with a phone. The dialogs say what will happen; which one is open is the page's business, so that
// the verdict can offer the one that helps.
import { Button, Menu } from '@mantine/core';
import { useMay } from '../../api/session';
import type { Device } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Icon, type IconName } from '../../parts/icons';
import { texts } from './texts';

export type ActionName = 'arm' | 'resync' | 'rotate' | 'token' | 'diagnostics' | 'note' | 'mute' | 'retire' | 'remove' | 'edit';

const inMenu: { name: Exclude<ActionName, 'edit'>; icon: IconName; least: 'support' | 'tenant-admin' }[] = [
  { name: 'resync', icon: 'refresh', least: 'support' },
  { name: 'diagnostics', icon: 'lock', least: 'support' },
  { name: 'note', icon: 'edit', least: 'support' },
  { name: 'mute', icon: 'bell', least: 'support' },
  { name: 'arm', icon: 'shieldCheck', least: 'tenant-admin' },
  { name: 'rotate', icon: 'key', least: 'tenant-admin' },
  { name: 'token', icon: 'ticket', least: 'tenant-admin' },
  { name: 'retire', icon: 'ban', least: 'tenant-admin' },
  { name: 'remove', icon: 'trash', least: 'tenant-admin' },
];

const byKind: Record<string, ActionName> = {
  'not-armed': 'arm',
  'device-not-armed': 'arm',
  'window-passed': 'arm',
  'repeats-exhausted': 'arm',
  'token-spent': 'arm',
  'token-expired': 'token',
  'configuration-invalid': 'edit',
  'vendor-mismatch': 'edit',
  'old-content': 'resync',
  served: 'resync',
};

// What helps most, by the kind of the verdict.
export function helpful(kind: string, device: Device): ActionName | null {
  if (kind === 'never-seen' && device.state === 'expired') return 'arm';
  return byKind[kind] ?? null;
}

export function HelpfulButton({ name, onAct }: { name: ActionName; onAct: (name: ActionName) => void }) {
  const t = useTexts(texts);
  const may = useMay();
  const least = inMenu.find(one => one.name === name)?.least ?? 'tenant-admin';
  if (!may(least)) return null;
  return (
    <Button size="xs" onClick={() => onAct(name)}>
      {t[name]}
    </Button>
  );
}

export function ActionMenu({ device, onAct }: { device: Device; onAct: (name: ActionName) => void }) {
  const t = useTexts(texts);
  const may = useMay();
  const shown = inMenu.filter(one => may(one.least) && (device.state !== 'retired' || one.name === 'remove'));
  if (shown.length === 0) return null;
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button variant="default" rightSection={<Icon name="down" size={14} />}>
          {t.actions}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {shown.map(({ name, icon }) => (
          <Menu.Item
            key={name}
            leftSection={<Icon name={icon} size={16} />}
            onClick={() => onAct(name)}
            {...(name === 'retire' || name === 'remove' ? { c: 'var(--bad)' } : {})}
          >
            {t[name]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
