import { Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import { useSession } from '../../api/session';
import type { NewTenant, Tenant } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { FormDialog } from '../../parts/FormDialog';
import { navigate } from '../../router/router';
import { texts } from './texts';
import { treeOf } from './tree';

// "Fjord Hotels" suggests "fjord-hotels".
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/ß/g, 'ss').replace(/[\u0300-\u036f]/g, '');
  return plain.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 32);
}

export function AddTenant({ tenants, parent: given, onClose }: { tenants: Tenant[]; parent?: string; onClose: () => void }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const { person } = useSession();
  const [name, setName] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const [parent, setParent] = useState<string | null>(given ?? person.tenant);
  const slug = typed ?? slugOf(name);
  const slugGood = /^[a-z0-9][a-z0-9-]*$/.test(slug);
  const add = async () => {
    const made = await api.post<Tenant, NewTenant>('/v1/tenants', { slug, name: name.trim(), ...(parent && { parent }) });
    notifications.show({ message: t.added(made.name || made.slug), color: 'green' });
    await client.invalidateQueries({ queryKey: ['tenants'] });
    navigate(`/tenants/${made.slug}`);
  };
  return (
    <FormDialog title={t.addTitle} lead={t.addLead} submit={t.add} disabled={!name.trim() || !slugGood} onClose={onClose} onSubmit={add}>
      <TextInput label={t.addName} required value={name} onChange={event => setName(event.currentTarget.value)} data-autofocus autoComplete="off" />
      <TextInput label={t.addSlug} description={t.addSlugHint} required value={slug} onChange={event => setTyped(event.currentTarget.value)} error={slug !== '' && !slugGood ? t.addSlugBad : null} autoComplete="off" />
      <Select
        label={t.addParent}
        placeholder={t.addTop}
        clearable={person.tenant === null}
        searchable
        data={treeOf(tenants).map(row => ({ value: row.tenant.slug, label: `${'– '.repeat(row.depth)}${row.tenant.name || row.tenant.slug}` }))}
        value={parent}
        onChange={setParent}
      />
    </FormDialog>
  );
}
