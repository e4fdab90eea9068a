import { Avatar, Box, Menu, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useSession, useSessionState } from '../api/session';
import { type Language, languages, setLanguage, useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Icon } from '../parts/icons';
import { Link } from '../router/router';
import { texts } from './texts';
import { showProblem } from '../parts/showProblem';

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return ((words[0]?.[0] ?? '?') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase();
}

// The two switches that everyone may want at hand: theme and language.
export function LookSwitches() {
  const t = useTexts(texts);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const language = useLanguage();
  return (
    <Box px="sm" py={6}>
      <Text size="xs" c="dimmed" mb={4} id="look-theme">
        {t.theme}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby="look-theme"
        value={colorScheme}
        onChange={value => setColorScheme(value as 'auto' | 'light' | 'dark')}
        data={[
          { value: 'auto', label: t.themeAuto },
          { value: 'light', label: t.themeLight },
          { value: 'dark', label: t.themeDark },
        ]}
      />
      <Text size="xs" c="dimmed" mb={4} mt="xs" id="look-language">
        {t.language}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby="look-language"
        value={language}
        onChange={value => setLanguage(value as Language)}
        data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
      />
    </Box>
  );
}

export function UserMenu() {
  const t = useTexts(texts);
  const { person } = useSession();
  const { signOut } = useSessionState();
  return (
    <Menu width={270} position="bottom-end" withinPortal>
      <Menu.Target>
        <UnstyledButton>
          <span className="unseen">
            {t.account}: {person.name}
          </span>
          <Avatar aria-hidden="true" size={32} radius="xl" color="petrol" variant="filled">
            {initials(person.name || person.login)}
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Box px="sm" py={6}>
          <Text fw={600}>{person.name || person.login}</Text>
          <Text size="xs" c="dimmed">
            {t[`role_${person.role}`]}
            {person.tenant ? ` · ${person.tenant}` : ''}
          </Text>
        </Box>
        <Menu.Divider />
        <Menu.Item component={Link} href="/account" leftSection={<Icon name="person" size={16} />}>
          {t.account}
        </Menu.Item>
        <Menu.Divider />
        <LookSwitches />
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut().catch(showProblem)} leftSection={<Icon name="out" size={16} />}>
          {t.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
