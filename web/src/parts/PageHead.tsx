// The head of every page: title, one line of what it is for, and what one can do here. It sets the window's title.
import { Box, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

interface Props {
  title: string;
  windowTitle?: string;
  lead?: ReactNode;
  actions?: ReactNode;
}

export function PageHead({ title, windowTitle, lead, actions }: Props) {
  const named = windowTitle ?? title;
  useEffect(() => {
    document.title = `${named} · Provost`;
  }, [named]);
  return (
    <Group justify="space-between" align="flex-start" gap="sm" mb="md" wrap="wrap">
      <Box miw={0}>
        <Title order={1}>{title}</Title>
        {lead && (
          <Text c="dimmed" size="md" mt={2}>
            {lead}
          </Text>
        )}
      </Box>
      {actions && (
        <Group gap="xs" className="no-print">
          {actions}
        </Group>
      )}
    </Group>
  );
}
