// An empty list says so in one sentence, and has one button for what to do about it.
import { Button, Stack, Text, ThemeIcon } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from '../router/router';
import { Icon, type IconName } from './icons';

interface Props {
  icon: IconName;
  children: ReactNode;
  action?: { label: string; href?: string; onClick?: () => void };
}

export function Empty({ icon, children, action }: Props) {
  return (
    <Stack align="center" gap="sm" py="xl" px="md" data-testid="empty">
      <ThemeIcon size={44} radius="xl" variant="light" color="gray">
        <Icon name={icon} size={22} />
      </ThemeIcon>
      <Text c="dimmed" ta="center" maw={460}>
        {children}
      </Text>
      {action?.href && (
        <Button component={Link} href={action.href} variant="light">
          {action.label}
        </Button>
      )}
      {action?.onClick && (
        <Button onClick={action.onClick} variant="light">
          {action.label}
        </Button>
      )}
    </Stack>
  );
}
