import { Box, Center, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { LookSwitches } from '../../app/UserMenu';

export function Frame({ title, lead, children }: { title: string; lead: ReactNode; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Provost`;
  }, [title]);
  return (
    <Center mih="100dvh" p="md" component="main">
      <Stack w="100%" maw={440} gap="md">
        <Group gap="sm">
          <img src="/icon.svg" width={36} height={36} alt="" />
          <Box>
            <Text fw={600} size="xl" lh={1.2}>
              Provost
            </Text>
          </Box>
        </Group>
        <Box className="panel" p="lg">
          <Title order={1} mb={2}>
            {title}
          </Title>
          <Text c="dimmed" mb="md">
            {lead}
          </Text>
          {children}
        </Box>
        <Box className="no-print">
          <LookSwitches />
        </Box>
      </Stack>
    </Center>
  );
}
