import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import type { CheckDraft, Drift, DriftReport } from '../../api/types';
import { useAttempt } from '../../factors/useAttempt';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { Answer } from '../../parts/Answer';
import { DataTable, type Field } from '../../parts/DataTable';
import { useFocusBack } from '../../parts/dialog';
import { macPairs } from '../../parts/mac';
import { ProblemNote } from '../../parts/Problem';
import { Pill } from '../../parts/State';
import { Link } from '../../router/router';
import { driftOf, driftTexts } from './drift';
import { texts } from './texts';

const compare = (name: string, draft: CheckDraft) => api.post<DriftReport, CheckDraft>(`/v1/registrars/${encodeURIComponent(name)}/check`, draft);

// What the registrar has beside what it was told. Repairing withdraws again what should be gone, and nothing else; it
// goes out when the button is pressed, once: a query would send it again by itself.
export function Compare({ name, onClose }: { name: string; onClose: () => void }) {
  const t = useTexts(texts);
  const d = useTexts(driftTexts);
  const c = useTexts(common);
  useFocusBack();
  const [repair, setRepair] = useState(false);
  const client = useQueryClient();
  const { busy, error, attempt } = useAttempt();
  const queryKey = ['registrar-check', name];
  const query = useQuery({ queryKey, queryFn: () => compare(name, {}), staleTime: Infinity, gcTime: 0, retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false });
  const again = async () => client.setQueryData(queryKey, await compare(name, repair ? { repair } : {}));
  const fields: Field<Drift>[] = [
    { id: 'what', head: t.what, render: one => <Pill tone={one.repaired ? 'good' : 'warn'}>{d[`is_${driftOf(one)}`]}</Pill> },
    { id: 'user', head: t.user, render: one => <span className="mono">{`${one.user}@${one.realm}`}</span> },
    { id: 'device', head: t.device, render: one => one.device && <Link className="mono" href={`/devices/${one.device}`}>{macPairs(one.device)}</Link> },
    { id: 'next', head: t.next, wide: true, render: one => d[`next_${driftOf(one)}`] },
  ];
  return (
    <Modal opened onClose={onClose} size="xl" title={t.checkTitle(name)} closeButtonProps={{ 'aria-label': c.close }}>
      <Answer of={query}>
        {report => (
          <Stack gap="sm">
            <Text size="sm">{t.alike(report.alike, report.accounts)}</Text>
            {report.drifts.length === 0 ? <Text size="sm">{t.driftNone}</Text> : <DataTable label={t.check} fields={fields} rows={report.drifts} rowKey={one => `${one.what} ${one.user} ${one.realm}`} />}
            {error !== null && <ProblemNote error={error} />}
            {report.drifts.length > 0 && (
              <Group justify="space-between">
                <Checkbox label={t.repair} checked={repair} onChange={event => setRepair(event.currentTarget.checked)} />
                <Button variant="default" loading={busy} onClick={() => void attempt(again)}>
                  {t.check}
                </Button>
              </Group>
            )}
          </Stack>
        )}
      </Answer>
    </Modal>
  );
}
