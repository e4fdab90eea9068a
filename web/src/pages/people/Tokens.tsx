import { Button, Checkbox, Select, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Page, api } from '../../api/client';
import { useMay, useSession } from '../../api/session';
import type { ApiToken, ApiTokenAdded, NewApiToken, Role } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { Confirm } from '../../parts/confirm';
import { DataTable, type Field } from '../../parts/DataTable';
import { Empty } from '../../parts/Empty';
import { FormDialog } from '../../parts/FormDialog';
import { Icon } from '../../parts/icons';
import { Section } from '../../parts/Section';
import { ShownOnce } from '../../parts/ShownOnce';
import { Pill } from '../../parts/State';
import { Ago } from '../../parts/Time';
import { RoleAndPlace } from './Fields';
import { manageable } from './people';
import { texts } from './texts';

function AddToken({ onClose, onMade }: { onClose: () => void; onMade: (made: ApiTokenAdded) => void }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const me = useSession().person;
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>(manageable(me.role).at(-1) ?? 'auditor');
  const [tenant, setTenant] = useState<string | null>(me.tenant);
  const [lasts, setLasts] = useState('30d');
  const [write, setWrite] = useState(false);
  const [sensitive, setSensitive] = useState(false);
  const add = async () => {
    const where = role === 'platform' ? null : tenant;
    const made = await api.post<ApiTokenAdded, NewApiToken>('/v1/tokens', { name: name.trim(), role, tenant: where, lasts, ...(write && { write }), ...(write && sensitive && { sensitive }) });
    await client.invalidateQueries({ queryKey: ['tokens'] });
    onMade(made);
  };
  return (
    <FormDialog title={t.tokenTitle} lead={t.tokenLead} submit={t.addToken} disabled={!name.trim()} onClose={onClose} onSubmit={add}>
      <TextInput label={t.tokenName} description={t.tokenNameHint} required value={name} onChange={event => setName(event.currentTarget.value)} data-autofocus autoComplete="off" />
      <RoleAndPlace role={role} tenant={tenant} onRole={setRole} onTenant={setTenant} />
      <Select label={t.tokenLasts} allowDeselect={false} value={lasts} onChange={value => setLasts(value ?? '30d')} data={[1, 7, 30, 90].map(days => ({ value: `${days}d`, label: t.tokenDays(days) }))} />
      <Checkbox label={t.tokenWrite} description={t.tokenWriteHint} checked={write} onChange={event => setWrite(event.currentTarget.checked)} />
      <Checkbox label={t.tokenSensitive} description={t.tokenSensitiveHint} disabled={!write} checked={write && sensitive} onChange={event => setSensitive(event.currentTarget.checked)} />
    </FormDialog>
  );
}

function useFields(onRevoke: ((token: ApiToken) => void) | null): Field<ApiToken>[] {
  const t = useTexts(texts);
  const access = (token: ApiToken) => [token.write ? t.writes : t.reads, token.sensitive ? t.sensitive : ''].filter(Boolean).join(', ');
  const fields: Field<ApiToken>[] = [
    { id: 'name', head: t.tokenName, bare: true, render: token => <b>{token.name}</b> },
    { id: 'handle', head: t.handle, from: 'lg', render: token => <span className="mono">{token.handle}</span> },
    { id: 'role', head: t.role, render: token => `${t[`r_${token.role}`]}, ${token.tenant ?? t.allTenants}` },
    { id: 'access', head: t.access, render: access },
    { id: 'until', head: t.until, render: token => (token.ended ? <Pill tone="note">{t.over}</Pill> : <Ago at={token.until} />) },
    { id: 'used', head: t.used, render: token => <Ago at={token.used} /> },
    { id: 'creator', head: t.creator, from: 'md', render: token => token.creator },
  ];
  if (onRevoke !== null)
    fields.push({
      id: t.revoke,
      head: '',
      bare: true,
      align: 'right',
      render: token => (
        <Button size="compact-xs" variant="default" onClick={() => onRevoke(token)} aria-label={`${t.revoke}: ${token.name}`}>
          {t.revoke}
        </Button>
      ),
    });
  return fields;
}

export function Tokens() {
  const t = useTexts(texts);
  const may = useMay()('tenant-admin');
  const client = useQueryClient();
  const query = useQuery({ queryKey: ['tokens'], queryFn: ({ signal }) => api.get<Page<ApiToken>>('/v1/tokens', {}, signal) });
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<ApiTokenAdded | null>(null);
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
  const fields = useFields(may ? setRevoking : null);
  const revoke = async () => {
    await api.remove(`/v1/tokens/${revoking?.id}`);
    await client.invalidateQueries({ queryKey: ['tokens'] });
  };
  const add = may && (
    <Button onClick={() => setAdding(true)} leftSection={<Icon name="key" size={16} />}>
      {t.addToken}
    </Button>
  );
  return (
    <Section title={t.tokens} actions={add} flush>
      <Answer of={query} padded>
        {page =>
          page.items.length === 0 ? (
            <Empty icon="key" {...(may ? { action: { label: t.addToken, onClick: () => setAdding(true) } } : {})}>
              {t.emptyTokens}
            </Empty>
          ) : (
            <DataTable label={t.tokens} fields={fields} rows={page.items} rowKey={token => String(token.id)} rowTone={token => (token.ended ? 'note' : undefined)} />
          )
        }
      </Answer>
      {adding && <AddToken onClose={() => setAdding(false)} onMade={setMade} />}
      {made !== null && <ShownOnce title={t.tokenShown(made.name)} secret={made.token} note={t.tokenNote} onClose={() => setMade(null)} />}
      <Confirm opened={revoking !== null} danger title={revoking ? t.revokeTitle(revoking.name) : ''} confirm={t.revoke} onClose={() => setRevoking(null)} onConfirm={revoke}>
        <Text size="sm">{t.revokeText}</Text>
      </Confirm>
    </Section>
  );
}
