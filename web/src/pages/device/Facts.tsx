import { Button, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Explained } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { CopyValue } from '../../parts/CopyButton';
import { Icon } from '../../parts/icons';
import { Section } from '../../parts/Section';
import { Pill, Rating } from '../../parts/State';
import { Ago, Moment } from '../../parts/Time';
import { Link } from '../../router/router';
import classes from './Facts.module.css';
import { texts } from './texts';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function Facts({ explained, onEdit }: { explained: Explained; onEdit?: (() => void) | undefined }) {
  const t = useTexts(texts);
  const { device } = explained;
  return (
    <Section
      title={t.facts}
      actions={
        onEdit && (
          <Button variant="subtle" size="compact-sm" onClick={onEdit} leftSection={<Icon name="edit" size={14} />}>
            {t.edit}
          </Button>
        )
      }
    >
      <dl className={classes.list}>
        <Fact name={t.tenant}>
          <Link href={`/devices?tenant=${device.tenant}`}>{device.tenant}</Link>
        </Fact>
        <Fact name={t.site}>
          {device.site ? <Link href={`/devices?tenant=${device.tenant}&site=${encodeURIComponent(device.site)}`}>{device.site}</Link> : '–'}
        </Fact>
        <Fact name={t.model}>
          {device.vendor} {device.model}
        </Fact>
        <Fact name={t.firmware}>{device.firmware || '–'}</Fact>
        <Fact name={t.access}>{t[`access_${device.access}`]}</Fact>
        <Fact name={t.mode}>{t[`mode_${device.secret_mode}`]}</Fact>
        <Fact name={t.lastSeen}>
          <Ago at={device.last_seen} /> {device.last_source && t.from(device.last_source)}
        </Fact>
        {device.armed_until && (
          <Fact name={t.armedUntil}>
            <Moment at={device.armed_until} />
          </Fact>
        )}
        {device.grace_until && (
          <Fact name={t.graceUntil}>
            <Ago at={device.grace_until} />
          </Fact>
        )}
        {device.credentials_since && (
          <Fact name={t.credentials}>
            <Ago at={device.credentials_since} />
          </Fact>
        )}
        {device.rotation_asked && (
          <Fact name={t.rotationAsked}>
            <Ago at={device.rotation_asked} />
          </Fact>
        )}
        {device.token_until && !device.token_spent && (
          <Fact name={t.tokenUntil}>
            <Moment at={device.token_until} />
          </Fact>
        )}
        {device.pinned_key && (
          <Fact name={t.pinned}>
            <CopyValue text={device.pinned_key} shown={`${device.pinned_key.slice(0, 16)}…`} />
          </Fact>
        )}
      </dl>
    </Section>
  );
}

export function RatingCard({ explained }: { explained: Explained }) {
  const t = useTexts(texts);
  const { rating } = explained;
  return (
    <Section title={t.rating} actions={<Rating stars={rating} />}>
      <Stack gap={6}>
        <Text size="sm">
          <Pill tone={rating >= 5 ? 'good' : rating >= 3 ? 'warn' : 'bad'}>{rating}/5</Pill> {explained.rating_reason}
        </Text>
        <Text size="sm" c="dimmed">
          {explained.rating_raise ? `${t.raise}: ${explained.rating_raise}` : rating >= 5 ? t.best : ''}
        </Text>
      </Stack>
    </Section>
  );
}
