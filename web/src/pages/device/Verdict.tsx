// The first line of the page: what is the matter with this phone, in a sentence, and what to do.
import { Box, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Explained, ExplainedStranger } from '../../api/types';
import { dateTime } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { CopyButton } from '../../parts/CopyButton';
import { Icon, type IconName } from '../../parts/icons';
import { macPairs } from '../../parts/mac';
import { said } from '../../parts/rules';
import type { Tone } from '../../parts/State';
import classes from './Verdict.module.css';
import { texts } from './texts';

const icons: Record<Tone, IconName> = { good: 'check', warn: 'clock', bad: 'warn', note: 'info' };

const toneByKind: Record<string, Tone> = {
  served: 'good',
  'old-content': 'warn',
  'never-seen': 'warn',
  'long-ago': 'warn',
  'not-armed': 'warn',
  retired: 'note',
  'diagnostics-opened': 'good',
  'diagnostics-closed': 'good',
};

// Every other kind is a refusal, or a phone that does not get through.
export function toneOf(kind: string): Tone {
  return toneByKind[kind] ?? 'bad';
}

interface BoxProps {
  tone: Tone;
  saw: ReactNode;
  next: ReactNode;
  more?: string; // the server's own sentence, where another stands in its place
  children?: ReactNode;
}

export function VerdictBox({ tone, saw, next, more, children }: BoxProps) {
  const t = useTexts(texts);
  return (
    <section className={classes.box} data-tone={tone} aria-label={t.verdict}>
      <Box className={classes.mark}>
        <Icon name={icons[tone]} size={22} />
      </Box>
      <Box flex={1} miw={0}>
        <Text className={classes.saw} data-testid="verdict">
          {saw}
        </Text>
        {next && (
          <Text mt={4}>
            <b>{t.next}:</b> {next}
          </Text>
        )}
        {more && (
          <Text size="sm" c="dimmed" mt={4} lang="en">
            {more}
          </Text>
        )}
        {children && (
          <Group gap="xs" mt="sm" className="no-print">
            {children}
          </Group>
        )}
      </Box>
    </section>
  );
}

// `customer` is what the server would tell the customer; where it has nothing to say, the next step is told.
export function Verdict({ explained, children }: { explained: Explained | ExplainedStranger; children?: ReactNode }) {
  const t = useTexts(texts);
  const { device, kind, verdict, next_step: nextStep, customer } = explained;
  const { saw, next } = said(kind, { saw: verdict, next: nextStep });
  const name = [macPairs(device.mac), 'model' in device && device.model].filter(Boolean).join(', ');
  const message = () =>
    [t.copiedIntro(name), customer || `${saw}\n${t.next}: ${next}`, t.asOf(dateTime(new Date()))].join('\n');
  return (
    <VerdictBox tone={toneOf(kind)} saw={saw} next={next} more={saw === verdict ? '' : verdict}>
      {children}
      <CopyButton text={message} label={t.copyForCustomer} />
    </VerdictBox>
  );
}
