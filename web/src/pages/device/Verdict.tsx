// The first line of the page: what is the matter with this phone, in a sentence, and what to do.
import { Box, Button, Group, Popover, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Explained, ExplainedStranger } from '../../api/types';
import { dateTime } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { CopyButton } from '../../parts/CopyButton';
import { Icon, type IconName } from '../../parts/icons';
import { macPairs } from '../../parts/mac';
import { Qr } from '../../parts/Qr';
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

// The URL that has to be in the phone: typed off the screen, copied, or scanned by the phone that writes to the customer.
function RightUrl({ url }: { url: string }) {
  const t = useTexts(texts);
  return (
    <>
      <CopyButton text={url} label={t.copyUrl} />
      <Popover position="bottom" shadow="md">
        <Popover.Target>
          <Button variant="default" size="xs">
            {t.urlAsQr}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Qr text={url} label={url} />
        </Popover.Dropdown>
      </Popover>
    </>
  );
}

// The kinds of verdict whose next step ends with the URL to set.
function urlIn(kind: string, nextStep: string): string | undefined {
  return kind === 'wrong-path' || kind === 'not-tls' ? /https:\/\/\S+/.exec(nextStep)?.[0] : undefined;
}

// `customer` is what the server would tell the customer; where it has nothing to say, the next step is told.
export function Verdict({ explained, children }: { explained: Explained | ExplainedStranger; children?: ReactNode }) {
  const t = useTexts(texts);
  const { device, kind, verdict, next_step: nextStep, customer } = explained;
  const { saw, next } = said(kind, { saw: verdict, next: nextStep });
  const name = [macPairs(device.mac), 'model' in device && device.model].filter(Boolean).join(', ');
  const rightUrl = urlIn(kind, nextStep);
  const message = () =>
    [t.copiedIntro(name), customer || `${saw}\n${t.next}: ${next}`, t.asOf(dateTime(new Date()))].join('\n');
  return (
    <VerdictBox tone={toneOf(kind)} saw={saw} next={next} more={saw === verdict ? '' : verdict}>
      {children}
      <CopyButton text={message} label={t.copyForCustomer} />
      {rightUrl && <RightUrl url={rightUrl} />}
      <CopyButton text={() => window.location.href} label={t.copyLink} />
    </VerdictBox>
  );
}
