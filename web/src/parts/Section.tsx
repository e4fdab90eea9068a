// A panel with a heading.
import { Box, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface Props {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  flush?: boolean; // its content reaches the panel's edges
  children: ReactNode;
}

export function Section({ title, note, actions, flush = false, children }: Props) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <Group justify="space-between" px="md" pt="sm" pb={flush ? 'xs' : 4} gap="xs" wrap="nowrap" align="flex-start">
        <Box miw={0}>
          <Title order={2} id={id}>
            {title}
          </Title>
          {note && (
            <Text size="sm" c="dimmed">
              {note}
            </Text>
          )}
        </Box>
        {actions && <Group gap="xs" wrap="nowrap" flex="none">{actions}</Group>}
      </Group>
      <Box px={flush ? 0 : 'md'} pb={flush ? 0 : 'md'} pt={flush ? 0 : 'xs'}>
        {children}
      </Box>
    </section>
  );
}
