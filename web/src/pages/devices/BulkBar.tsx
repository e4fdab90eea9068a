// What to do with the chosen devices: a bar with counts, a dialog that says what will happen, progress, the result.
import { Button, Group, List, Modal, Progress, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api } from '../../api/client';
import { useMay } from '../../api/session';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { closing, useFocusBack } from '../../parts/dialog';
import { type IconName, Icon } from '../../parts/icons';
import { macPairs } from '../../parts/mac';
import { ProblemNote } from '../../parts/Problem';
import { Why } from '../../parts/Why';
import { type Watcher, runArming } from './arming';
import { type BulkState, type One, isAbort, runBulk } from './bulk';
import { type DeviceFilter, allMacs } from './list';
import { texts } from './texts';

type Action = 'resync' | 'arm' | 'rotate' | 'retire';

// Without `one` the server does it with all of them.
const actions: { name: Action; icon: IconName; one?: One; forAdmins: boolean }[] = [
  { name: 'resync', icon: 'refresh', one: mac => api.post(`/v1/devices/${mac}/resync`), forAdmins: false },
  { name: 'arm', icon: 'shieldCheck', forAdmins: true },
  { name: 'rotate', icon: 'key', one: mac => api.post(`/v1/devices/${mac}/rotate`), forAdmins: true },
  { name: 'retire', icon: 'ban', one: mac => api.post(`/v1/devices/${mac}/retire`), forAdmins: true },
];

export interface Choice {
  chosen: ReadonlySet<string>;
  allMatching: boolean;
  count: number;
}

interface Asked {
  action: Action;
  choice: Choice;
  filter: DeviceFilter;
}

interface Props {
  choice: Choice;
  filter: DeviceFilter;
  total: number | undefined;
  onChooseMatching: () => void;
  onClear: () => void;
}

function Result({ state }: { state: BulkState }) {
  const t = useTexts(texts);
  const left = state.total - state.done - state.failed.length;
  return (
    <Stack gap="xs">
      <Text>
        <b>{t.resultDone(state.done)}</b>
        {state.failed.length > 0 && ` · ${t.resultFailed(state.failed.length)}`}
        {left > 0 && ` · ${t.resultStopped(left)}`}
      </Text>
      {state.ended && <ProblemNote error={state.ended} />}
      {state.failed.length > 0 && (
        <List size="sm" spacing={4} mah={220} style={{ overflow: 'auto' }}>
          {state.failed.slice(0, 200).map(({ mac, problem }) => (
            <List.Item key={mac}>
              <span className="mono">{macPairs(mac)}</span> {problem.message} {problem.fix}
            </List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}

function useRun({ action, choice, filter }: Asked) {
  const client = useQueryClient();
  const [state, setState] = useState<BulkState | null>(null);
  const [phase, setPhase] = useState<'asking' | 'running' | 'ended'>('asking');
  const [error, setError] = useState<unknown>(null);
  const stop = useRef(new AbortController());
  const watcher: Watcher = {
    onProgress: setState,
    wantsStop: () => stop.current.signal.aborted,
    onNotStopped: problem => {
      stop.current = new AbortController();
      setError(problem);
    },
  };
  const run = async (why: string): Promise<BulkState> => {
    const one = actions.find(known => known.name === action)?.one;
    const named = choice.allMatching ? null : [...choice.chosen];
    if (!one) return runArming({ macs: named, filter, why }, watcher);
    const { signal } = stop.current;
    return runBulk(named ?? (await allMacs(filter, signal)), one, setState, signal);
  };
  const start = async (why: string) => {
    setPhase('running');
    try {
      setState(await run(why));
    } catch (problem) {
      if (!isAbort(problem)) setError(problem);
    }
    setPhase('ended');
    await client.invalidateQueries({ queryKey: ['devices'] });
  };
  const halt = () => {
    setError(null);
    stop.current.abort();
  };
  return { state, phase, error, start, halt };
}

// Mounted for one action on one choice: what was typed for it, and what came of it, goes with it.
function ActionDialog({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const run = useRun(asked);
  const [why, setWhy] = useState('');
  useFocusBack();
  const { action, choice } = asked;
  const share = run.state ? ((run.state.done + run.state.failed.length) / Math.max(1, run.state.total)) * 100 : 0;
  const running = run.phase === 'running';
  return (
    <Modal opened title={t[`verb_${action}`](choice.count)} {...closing(running, c.close, onClose)}>
      <Stack gap="md">
        {run.phase === 'asking' && <Text>{t[`does_${action}`]}</Text>}
        {run.phase === 'asking' && action === 'arm' && <Why value={why} onChange={setWhy} />}
        {running && (
          <>
            <Progress value={share} aria-label={t[action]} />
            <Text size="sm" aria-live="polite">
              {run.state ? t.progress(run.state.done + run.state.failed.length, run.state.total) : t.gathering}
            </Text>
            <Text size="sm" c="dimmed">
              {action === 'arm' ? t.mayLeave : t.mayNotLeave}
            </Text>
          </>
        )}
        {run.phase === 'ended' && run.state && <Result state={run.state} />}
        {run.error !== null && <ProblemNote error={run.error} />}
        <Group justify="flex-end" gap="sm">
          {run.phase === 'asking' && (
            <>
              <Button variant="default" onClick={onClose}>
                {c.cancel}
              </Button>
              <Button color={action === 'retire' ? 'red' : 'petrol'} onClick={() => void run.start(why.trim())} data-autofocus>
                {t[`verb_${action}`](choice.count)}
              </Button>
            </>
          )}
          {running && (
            <Button variant="default" onClick={run.halt}>
              {t.stop}
            </Button>
          )}
          {run.phase === 'ended' && <Button onClick={onClose}>{c.close}</Button>}
        </Group>
      </Stack>
    </Modal>
  );
}

interface BarProps extends Omit<Props, 'filter'> {
  onAsk: (action: Action) => void;
}

function Bar({ choice, total, onChooseMatching, onClear, onAsk }: BarProps) {
  const t = useTexts(texts);
  const may = useMay();
  const canWiden = !choice.allMatching && (total === undefined || total > choice.count);
  return (
    <Group gap="xs" className="panel" px="sm" py={6} mb="xs" aria-label={t.chosen(choice.count)} role="toolbar">
      <Text fw={600} size="sm">
        {t.chosen(choice.count)}
      </Text>
      {canWiden && (
        <Button variant="subtle" size="compact-sm" onClick={onChooseMatching}>
          {total === undefined ? t.chooseMatchingUnknown : t.chooseMatching(total)}
        </Button>
      )}
      {actions
        .filter(one => !one.forAdmins || may('tenant-admin'))
        .map(one => (
          <Button key={one.name} size="compact-sm" variant="default" onClick={() => onAsk(one.name)} leftSection={<Icon name={one.icon} size={14} />}>
            {t[one.name]}
          </Button>
        ))}
      <Button variant="subtle" size="compact-sm" color="gray" onClick={onClear}>
        {t.clear}
      </Button>
    </Group>
  );
}

// What was asked for stays as it was asked: when it is done, fewer devices may fit the filter, or none.
export function BulkBar({ filter, ...rest }: Props) {
  const { choice } = rest;
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <>
      {choice.count > 0 && <Bar {...rest} onAsk={action => setAsked({ action, choice, filter })} />}
      {asked !== null && <ActionDialog asked={asked} onClose={() => setAsked(null)} />}
    </>
  );
}
