// The frame of every page: menu at the left, search and person at the top.
import { AppShell, Box, Burger, Group, Kbd, NavLink, ScrollArea, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useEffect } from 'react';
import { useMay, useSession } from '../api/session';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Icon } from '../parts/icons';
import { Link, useAddress } from '../router/router';
import { ImportWatch } from './ImportWatch';
import { type Group as MenuGroup, type Route, groupNames, routes, shownTo } from './routes';
import { Search, openSearch } from './Search';
import classes from './Shell.module.css';
import { texts } from './texts';
import { UserMenu } from './UserMenu';

function Brand() {
  return (
    <Link href="/" className={classes.brand}>
      <img src="/icon.svg" width={24} height={24} alt="" />
      <span>Provost</span>
    </Link>
  );
}

function isHere(route: Route, path: string): boolean {
  return route.path === '/' ? path === '/' : path === route.path || path.startsWith(`${route.path}/`);
}

function Menu({ onFollow }: { onFollow: () => void }) {
  const language = useLanguage();
  const { path } = useAddress();
  const may = useMay();
  const { person } = useSession();
  const groups = Object.keys(groupNames) as MenuGroup[];
  return (
    <ScrollArea type="scroll" h="100%" scrollbarSize={6}>
      {groups.map(group => {
        const inIt = routes.filter(r => r.group === group && shownTo(r, person.role, may));
        if (inIt.length === 0) return null;
        return (
          <Box key={group} mb={8}>
            <Text className={classes.group}>{groupNames[group][language]}</Text>
            {inIt.map(route => (
              <NavLink
                key={route.path}
                component={Link}
                href={route.path}
                label={route[language]}
                leftSection={<Icon name={route.icon} />}
                active={isHere(route, path)}
                {...(isHere(route, path) ? { 'aria-current': 'page' as const } : {})}
                onClick={onFollow}
                className={classes.link ?? ''}
              />
            ))}
          </Box>
        );
      })}
    </ScrollArea>
  );
}

function SearchBox() {
  const t = useTexts(texts);
  return (
    <UnstyledButton className={classes.search} onClick={openSearch} aria-keyshortcuts="Control+K">
      <span className="unseen">{t.search}: </span>
      <Icon name="search" size={16} />
      <span className={classes.hint}>{t.searchHint}</span>
      <Kbd size="xs" aria-hidden="true" className={classes.kbd ?? ''}>
        Ctrl K
      </Kbd>
    </UnstyledButton>
  );
}

export function Shell({ children }: { children: ReactNode }) {
  const t = useTexts(texts);
  const [opened, { toggle, close }] = useDisclosure(false);
  const { path } = useAddress();
  useEffect(() => {
    document.getElementById('content')?.scrollTo?.(0, 0);
    window.scrollTo(0, 0);
  }, [path]);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 212, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'sm', sm: 'lg' }}
      transitionDuration={0}
    >
      <a className="skip" href="#content">
        {t.skip}
      </a>
      <AppShell.Header className={classes.header ?? ''}>
        <Group h="100%" px={{ base: 'sm', sm: 'md' }} gap="sm" wrap="nowrap">
          <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t.menu} aria-expanded={opened} />
          <Brand />
          <Box flex={1} />
          <SearchBox />
          <UserMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" className={classes.navbar ?? ''} aria-label={t.mainMenu}>
        <Menu onFollow={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main ?? ''}>
        {children}
      </AppShell.Main>
      <Search />
      <ImportWatch />
    </AppShell>
  );
}
