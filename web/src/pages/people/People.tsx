import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Page, api } from '../../api/client';
import { useMay, useSession } from '../../api/session';
import type { LoginLink, NewPerson, Person } from '../../api/types';
import { dateTime } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { Confirm } from '../../parts/confirm';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { Icon } from '../../parts/icons';
import { Section } from '../../parts/Section';
import { ShownOnce } from '../../parts/ShownOnce';
import { Pill } from '../../parts/State';
import { Link } from '../../router/router';
import { waysOf } from './people';
import { AddPerson, ChangePerson, type Shown } from './PersonDialogs';
import { PersonSessions } from './PersonSessions';
import { texts } from './texts';

type Act = 'change' | 'sessions' | 'reset' | 'end' | 'disable' | 'remove';

function Ways({ person }: { person: Person }) {
  const t = useTexts(texts);
  const ways = waysOf(person.factors);
  const weak = ways.includes('none') || ways.includes('password');
  const few = person.factors.recovery_left;
  return (
    <>
      {weak ? <Pill tone="warn">{t[`way_${ways[0] ?? 'none'}`]}</Pill> : ways.map(way => t[`way_${way}`]).join(', ')}
      {!weak && few !== undefined && few < 3 && (
        <Text size="xs" c="dimmed">
          {t.recovery(few)}
        </Text>
      )}
    </>
  );
}

function PersonMenu({ person, onAct }: { person: Person; onAct: (act: Act, person: Person) => void }) {
  const t = useTexts(texts);
  const me = useSession().person.id === person.id;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" size="sm" aria-label={`${t.more}: ${person.login}`}>
          <Icon name="down" size={13} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onAct('change', person)}>{t.change}</Menu.Item>
        <Menu.Item onClick={() => onAct('sessions', person)}>{t.sessions}</Menu.Item>
        <Menu.Item onClick={() => onAct('end', person)}>{t.end}</Menu.Item>
        {!me && (
          <>
            <Menu.Item onClick={() => onAct('reset', person)}>{t.reset}</Menu.Item>
            <Menu.Item onClick={() => onAct('disable', person)}>{person.state === 'disabled' ? t.enable : t.disable}</Menu.Item>
            <Menu.Item color="red" onClick={() => onAct('remove', person)}>
              {t.remove}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function useFields(onAct: ((act: Act, person: Person) => void) | null): Field<Person>[] {
  const t = useTexts(texts);
  const me = useSession().person.id;
  const fields: Field<Person>[] = [
    {
      id: 'name',
      head: t.name,
      bare: true,
      render: person => (
        <>
          <b>{person.name || person.login}</b> {person.id === me && <Pill tone="note">{t.you}</Pill>} {person.state === 'disabled' && <Pill tone="bad">{t.disabled}</Pill>}
        </>
      ),
    },
    { id: 'login', head: t.login, render: person => <span className="mono">{person.login}</span> },
    { id: 'role', head: t.role, render: person => t[`r_${person.role}`] },
    { id: 'tenant', head: t.tenant, render: person => (person.tenant ? <Link href={`/tenants/${person.tenant}`}>{person.tenant}</Link> : t.allTenants) },
    { id: 'ways', head: t.ways, render: person => <Ways person={person} /> },
  ];
  if (onAct !== null) fields.push({ id: t.more, head: '', bare: true, align: 'right', render: person => <PersonMenu person={person} onAct={onAct} /> });
  return fields;
}

// What is asked before it is done, and what it does.
function useActs(done: (shown: Shown) => void) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const tell = (message: string) => notifications.show({ message, color: 'green' });
  return async (act: Act, person: Person) => {
    if (act === 'reset') done({ login: person.login, link: await api.post<LoginLink>(`/v1/people/${person.id}/reset`) });
    if (act === 'end') {
      await api.remove(`/v1/people/${person.id}/sessions`);
      tell(t.ended);
    }
    if (act === 'disable') {
      await api.patch<Person, NewPerson>(`/v1/people/${person.id}`, { state: person.state === 'disabled' ? 'active' : 'disabled' });
      tell(t.changed);
    }
    if (act === 'remove') {
      await api.remove(`/v1/people/${person.id}`);
      tell(t.removed);
    }
    await client.invalidateQueries({ queryKey: ['people'] });
  };
}

function Ask({ asked, onClose, act }: { asked: { act: Exclude<Act, 'change' | 'sessions'>; person: Person }; onClose: () => void; act: (act: Act, person: Person) => Promise<void> }) {
  const t = useTexts(texts);
  const { login, state } = asked.person;
  const again = asked.act === 'disable' && state === 'disabled';
  const title = again ? `${t.enable}: ${login}` : t[`${asked.act}Title`](login);
  return (
    <Confirm opened danger={asked.act !== 'end' && !again} title={title} confirm={again ? t.enable : t[asked.act]} onClose={onClose} onConfirm={() => act(asked.act, asked.person)}>
      {!again && <Text size="sm">{t[`${asked.act}Text`]}</Text>}
    </Confirm>
  );
}

export function People() {
  const t = useTexts(texts);
  const may = useMay()('tenant-admin');
  const query = useQuery({ queryKey: ['people'], queryFn: ({ signal }) => api.get<Page<Person>>('/v1/people', {}, signal) });
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<{ act: Act; person: Person } | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const act = useActs(setShown);
  const fields = useFields(may ? (one, person) => setAsked({ act: one, person }) : null);
  const close = () => setAsked(null);
  const add = may && (
    <Button onClick={() => setAdding(true)} leftSection={<Icon name="plus" size={16} />}>
      {t.addPerson}
    </Button>
  );
  return (
    <Section title={t.people} actions={add} flush>
      <Answer of={query} padded>
        {page => (
          <>
            {page.items.length > 0 && <DataTable label={t.people} fields={fields} rows={page.items} rowKey={person => String(person.id)} rowTone={person => (person.state === 'disabled' ? 'note' : undefined)} />}
            {page.items.length < 2 && (
              <Empty icon="people" {...(may ? { action: { label: t.addPerson, onClick: () => setAdding(true) } } : {})}>
                {t.emptyPeople}
              </Empty>
            )}
          </>
        )}
      </Answer>
      {adding && <AddPerson onClose={() => setAdding(false)} onMade={setShown} />}
      {asked?.act === 'change' && <ChangePerson person={asked.person} onClose={close} />}
      {asked?.act === 'sessions' && <PersonSessions person={asked.person} onClose={close} onEndAll={() => setAsked({ act: 'end', person: asked.person })} />}
      {asked !== null && asked.act !== 'change' && asked.act !== 'sessions' && <Ask asked={{ act: asked.act, person: asked.person }} onClose={close} act={act} />}
      {shown !== null && (
        <ShownOnce title={t.linkTitle(shown.login)} secret={`${window.location.origin}${shown.link.login_url_path}`} once={t.linkOnce} note={<Group gap={4}>{t.linkUntil(dateTime(shown.link.until))}</Group>} onClose={() => setShown(null)} />
      )}
    </Section>
  );
}
