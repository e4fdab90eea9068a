import { Checkbox, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { lazy, useState } from 'react';
import { api } from '../../api/client';
import type { Arming, Device, ResyncDraft, ResyncReport, RotationDraft } from '../../api/types';
import { useTexts } from '../../i18n/texts';
import { Confirm } from '../../parts/confirm';
import { macPairs } from '../../parts/mac';
import { navigate } from '../../router/router';
import type { ActionName } from './Actions';
import { MuteDialog, NoteDialog } from './CareDialogs';
import { useRefresh } from './data';
import { DiagnosticsDialog } from './Diagnostics';
import { Reason, why } from './Reason';
import { texts } from './texts';
import { TokenDialog } from './TokenDialog';

// It brings the editor of settings along.
const EditDialog = lazy(() => import('./EditDialog'));

export interface DialogProps {
  device: Device;
  onClose: () => void;
}

function useDone(device: Device) {
  const refresh = useRefresh(device.mac);
  return async (message: string, well = true) => {
    notifications.show({ message, color: well ? 'green' : 'yellow' });
    await refresh();
  };
}

function ArmDialog({ device, onClose }: DialogProps) {
  const t = useTexts(texts);
  const done = useDone(device);
  const [forget, setForget] = useState(false);
  const [reason, setReason] = useState('');
  const arm = async () => {
    await api.post<Device, Arming>(`/v1/devices/${device.mac}/arm`, { ...(forget && { forget_key: true }), ...why(reason) });
    await done(t.armDone);
  };
  return (
    <Confirm opened onClose={onClose} title={t.armTitle} confirm={t.arm} onConfirm={arm}>
      <Text>{t.armText}</Text>
      {device.pinned_key && <Checkbox label={t.armForget} checked={forget} onChange={event => setForget(event.currentTarget.checked)} />}
      <Reason value={reason} onChange={setReason} />
    </Confirm>
  );
}

function ResyncDialog({ device, onClose }: DialogProps) {
  const t = useTexts(texts);
  const done = useDone(device);
  const [reboot, setReboot] = useState(false);
  const tell = async () => {
    const report = await api.post<ResyncReport, ResyncDraft>(`/v1/devices/${device.mac}/resync`, { wait: true, ...(reboot && { reboot }) });
    const words = [report.status || '', report.words || report.outcome].filter(Boolean).join(' ');
    await done(t.resyncDone(words), report.outcome === 'told');
  };
  return (
    <Confirm opened onClose={onClose} title={t.resyncTitle} confirm={t.resync} onConfirm={tell}>
      <Text>{t.resyncText}</Text>
      <Checkbox label={t.resyncReboot} checked={reboot} onChange={event => setReboot(event.currentTarget.checked)} />
    </Confirm>
  );
}

function RotateDialog({ device, onClose }: DialogProps) {
  const t = useTexts(texts);
  const done = useDone(device);
  const [atOnce, setAtOnce] = useState(false);
  const [suspected, setSuspected] = useState(false);
  const [reason, setReason] = useState('');
  const rotate = async () => {
    await api.post<Device, RotationDraft>(`/v1/devices/${device.mac}/rotate`, { ...(atOnce && { at_once: true }), ...(suspected && { suspected }), ...why(reason) });
    await done(t.rotateDone);
  };
  return (
    <Confirm opened onClose={onClose} title={t.rotateTitle} confirm={t.rotate} onConfirm={rotate}>
      <Text>{t.rotateText}</Text>
      <Checkbox label={t.rotateAtOnce} checked={atOnce} onChange={event => setAtOnce(event.currentTarget.checked)} />
      <Checkbox label={t.rotateSuspected} checked={suspected} onChange={event => setSuspected(event.currentTarget.checked)} />
      <Reason value={reason} onChange={setReason} />
    </Confirm>
  );
}

function RetireDialog({ device, onClose }: DialogProps) {
  const t = useTexts(texts);
  const done = useDone(device);
  const retire = async () => {
    await api.post(`/v1/devices/${device.mac}/retire`);
    await done(t.retireDone);
  };
  return (
    <Confirm opened onClose={onClose} title={t.retireTitle} confirm={t.retire} danger onConfirm={retire}>
      <Text>{t.retireText}</Text>
    </Confirm>
  );
}

function RemoveDialog({ device, onClose }: DialogProps) {
  const t = useTexts(texts);
  const refresh = useRefresh(device.mac);
  const [typed, setTyped] = useState('');
  const wanted = macPairs(device.mac);
  const same = typed.replace(/[\s:.-]/g, '').toLowerCase() === device.mac;
  const remove = async () => {
    await api.remove(`/v1/devices/${device.mac}`);
    notifications.show({ message: t.removeDone, color: 'green' });
    navigate('/devices');
    await refresh(); // its own page too, for who comes back to it
  };
  return (
    <Confirm opened onClose={onClose} title={t.removeTitle} confirm={t.remove} danger disabled={!same} onConfirm={remove}>
      <TextInput label={t.removeText(wanted)} value={typed} onChange={event => setTyped(event.currentTarget.value)} autoComplete="off" />
    </Confirm>
  );
}

export default function Dialogs({ device, open, onClose }: { device: Device; open: ActionName; onClose: () => void }) {
  const props = { device, onClose };
  switch (open) {
    case 'arm':
      return <ArmDialog {...props} />;
    case 'resync':
      return <ResyncDialog {...props} />;
    case 'rotate':
      return <RotateDialog {...props} />;
    case 'retire':
      return <RetireDialog {...props} />;
    case 'remove':
      return <RemoveDialog {...props} />;
    case 'token':
      return <TokenDialog {...props} />;
    case 'diagnostics':
      return <DiagnosticsDialog {...props} />;
    case 'note':
      return <NoteDialog {...props} />;
    case 'mute':
      return <MuteDialog {...props} />;
    case 'edit':
      return <EditDialog {...props} />;
  }
}
