// Words and colours for the states of a device and for ratings. Never the colour alone: a word or a figure is there.
import { Badge, Tooltip } from '@mantine/core';
import type { DeviceState } from '../api/types';
import { defineTexts, useTexts } from '../i18n/texts';

export type Tone = 'good' | 'warn' | 'bad' | 'note';

export function Pill({ tone, children, title }: { tone: Tone; children: React.ReactNode; title?: string }) {
  const badge = (
    <Badge bg={`var(--${tone}-soft)`} c={`var(--${tone})`}>
      {children}
    </Badge>
  );
  return title ? <Tooltip label={title}>{badge}</Tooltip> : badge;
}

export const stateTexts = defineTexts({
  en: {
    registered: 'registered',
    armed: 'armed',
    delivering: 'delivering',
    grace: 'grace',
    provisioned: 'provisioned',
    expired: 'expired',
    retired: 'retired',
    registeredHint: 'Known, but it gets nothing until it is armed.',
    armedHint: 'Fresh secrets wait for its first call home.',
    deliveringHint: 'It is taking its file now.',
    graceHint: 'It has its file; the secrets are kept a little longer.',
    provisionedHint: 'It has its file; the server forgot the secrets.',
    expiredHint: 'It did not come in time; its secrets are destroyed.',
    retiredHint: 'Out of service.',
    stars: (n: number) => `rating ${n} of 5`,
  },
  de: {
    registered: 'eingetragen',
    armed: 'scharf',
    delivering: 'wird beliefert',
    grace: 'Nachfrist',
    provisioned: 'versorgt',
    expired: 'abgelaufen',
    retired: 'ausgemustert',
    registeredHint: 'Bekannt, bekommt aber nichts, bis es scharf gestellt wird.',
    armedHint: 'Frische Geheimnisse warten auf seinen ersten Anruf.',
    deliveringHint: 'Es holt gerade seine Datei.',
    graceHint: 'Es hat seine Datei; die Geheimnisse bleiben noch kurz.',
    provisionedHint: 'Es hat seine Datei; der Server hat die Geheimnisse vergessen.',
    expiredHint: 'Es kam nicht rechtzeitig; seine Geheimnisse sind vernichtet.',
    retiredHint: 'Außer Dienst.',
    stars: n => `Bewertung ${n} von 5`,
  },
});

export const deviceStates: DeviceState[] = [
  'registered',
  'armed',
  'delivering',
  'grace',
  'provisioned',
  'expired',
  'retired',
];

const tones: Record<DeviceState, Tone> = {
  registered: 'note',
  armed: 'warn',
  delivering: 'warn',
  grace: 'good',
  provisioned: 'good',
  expired: 'bad',
  retired: 'note',
};

export function StateBadge({ state }: { state: DeviceState }) {
  const t = useTexts(stateTexts);
  return (
    <Pill tone={tones[state]} title={t[`${state}Hint`]}>
      {t[state]}
    </Pill>
  );
}

// Five small bars; how many are full is also said in words.
export function Rating({ stars }: { stars: number }) {
  const t = useTexts(stateTexts);
  const tone: Tone = stars >= 5 ? 'good' : stars >= 3 ? 'warn' : 'bad';
  return (
    <svg width={44} height={12} viewBox="0 0 44 12" role="img" aria-label={t.stars(stars)}>
      {[0, 1, 2, 3, 4].map(i => (
        <rect
          key={i}
          x={i * 9}
          y={0}
          width={7}
          height={12}
          rx={1.5}
          fill={i < stars ? `var(--${tone})` : 'var(--line)'}
        />
      ))}
    </svg>
  );
}
