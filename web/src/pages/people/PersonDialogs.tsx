import { TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import { useSession } from '../../api/session';
import type { LoginLink, NewPerson, Person, PersonAdded, Role } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { FormDialog } from '../../parts/FormDialog';
import { RoleAndPlace } from './Fields';
import { texts } from './texts';

export interface Shown {
  login: string;
  link: Pick<LoginLink, 'login_url_path' | 'until'>;
}

export function AddPerson({ onClose, onMade }: { onClose: () => void; onMade: (shown: Shown) => void }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const me = useSession().person;
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('support');
  const [tenant, setTenant] = useState<string | null>(me.tenant);
  const good = /^[a-z0-9]([a-z0-9._@+-]{0,62}[a-z0-9])?$/.test(login);
  const add = async () => {
    const where = role === 'platform' ? null : tenant;
    const made = await api.post<PersonAdded, NewPerson>('/v1/people', { login, name: name.trim(), role, tenant: where });
    await client.invalidateQueries({ queryKey: ['people'] });
    onMade({ login, link: made });
  };
  return (
    <FormDialog title={t.addTitle} lead={t.addLead} submit={t.addPerson} disabled={!good || !name.trim()} onClose={onClose} onSubmit={add}>
      <TextInput label={t.name} required value={name} onChange={event => setName(event.currentTarget.value)} data-autofocus autoComplete="off" />
      <TextInput label={t.login} description={t.loginHint} required value={login} onChange={event => setLogin(event.currentTarget.value.trim().toLowerCase())} autoComplete="off" autoCapitalize="none" />
      <RoleAndPlace role={role} tenant={tenant} onRole={setRole} onTenant={setTenant} />
    </FormDialog>
  );
}

export function ChangePerson({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const [name, setName] = useState(person.name);
  const [role, setRole] = useState(person.role);
  const [tenant, setTenant] = useState(person.tenant);
  const save = async () => {
    const where = role === 'platform' ? null : tenant;
    const body = { ...(name !== person.name && { name: name.trim() }), ...(role !== person.role && { role }), ...(where !== person.tenant && { tenant: where }) };
    await api.patch<Person, NewPerson>(`/v1/people/${person.id}`, body, { etag: `"${person.version}"` });
    notifications.show({ message: t.changed, color: 'green' });
    await client.invalidateQueries({ queryKey: ['people'] });
  };
  return (
    <FormDialog title={t.changeTitle(person.login)} lead={t.changeLead} submit={t.change} disabled={!name.trim()} onClose={onClose} onSubmit={save}>
      <TextInput label={t.name} value={name} onChange={event => setName(event.currentTarget.value)} data-autofocus />
      <RoleAndPlace role={role} tenant={tenant} onRole={setRole} onTenant={setTenant} />
    </FormDialog>
  );
}
