import { Button, Text } from '@mantine/core';
import type { Attention } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Icon } from '../../parts/icons';
import { Section } from '../../parts/Section';
import { Link } from '../../router/router';
import { byUrgency, wordsOf } from './attention';
import classes from './overview.module.css';
import { texts } from './texts';

function Need({ one }: { one: Attention }) {
  const t = useTexts(texts);
  const words = wordsOf(one);
  const act = one.urgency === 'act';
  return (
    <li className={classes.need} data-tone={act ? 'bad' : 'warn'}>
      <Icon name={act ? 'warn' : 'eye'} size={18} />
      <div className={classes.needWords}>
        <Text fw={600} size="md">
          <span className="unseen">{act ? t.urgent : t.look}: </span>
          {words.title}
        </Text>
        {words.next && (
          <Text size="sm" c="dimmed">
            {words.next}
          </Text>
        )}
      </div>
      <Button component={Link} href={one.link} variant="default" size="xs" aria-label={`${t.open}: ${words.title}`}>
        {t.open}
      </Button>
    </li>
  );
}

export function Needs({ list }: { list: Attention[] }) {
  const t = useTexts(texts);
  return (
    <Section title={t.needs} flush>
      {list.length === 0 ? (
        <Text px="md" pb="md" c="dimmed" className={classes.calm ?? ''}>
          <Icon name="check" size={16} /> {t.needsNothing}
        </Text>
      ) : (
        <ul className={classes.needs}>
          {byUrgency(list).map(one => (
            <Need key={`${one.kind} ${one.link}`} one={one} />
          ))}
        </ul>
      )}
    </Section>
  );
}
