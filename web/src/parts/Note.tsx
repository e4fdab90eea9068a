// Something to know before going on: quieter than what went wrong.
import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { type IconName, Icon } from './icons';
import classes from './Note.module.css';

interface Props {
  tone?: 'warn' | 'note' | 'good' | 'bad';
  icon?: IconName;
  title?: string;
  children?: ReactNode;
}

export function Note({ tone = 'warn', icon = 'info', title, children }: Props) {
  return (
    <Group className={classes.note ?? ''} data-tone={tone} gap="sm" align="flex-start" wrap="nowrap" role="note">
      <Icon name={icon} size={18} />
      <div className={classes.words}>
        {title && (
          <Text fw={600} size="sm">
            {title}
          </Text>
        )}
        {children}
      </div>
    </Group>
  );
}
