// Something went wrong: what, why, and the next step; never without one.
import { Alert, Button, Code, Group, Text } from '@mantine/core';
import { asProblem } from '../api/problem';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Link } from '../router/router';
import { Icon } from './icons';

export function ProblemNote({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const t = useTexts(common);
  const problem = asProblem(error);
  const fix = problem.fix || (problem.status === 403 ? t.forbidden : problem.status >= 500 ? t.offlineFix : '');
  const waits = problem.status === 202;
  return (
    <Alert role="alert" color={waits ? 'petrol' : 'red'} variant="light" icon={<Icon name={waits ? 'people' : 'warn'} />} title={problem.message}>
      {problem.why && <Text size="sm">{problem.why}</Text>}
      {fix && (
        <Text size="sm" mt={4}>
          <b>{t.howToMend}:</b> {fix}
        </Text>
      )}
      <Group gap="sm" mt="xs">
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry} leftSection={<Icon name="refresh" size={14} />}>
            {t.reload}
          </Button>
        )}
        {waits && (
          <Button component={Link} href="/approvals" size="xs" variant="default">
            {t.waitsOpen}
          </Button>
        )}
        {problem.code && <Code>{problem.code}</Code>}
      </Group>
    </Alert>
  );
}
