import { IconArrowBackUp, IconArrowsExchange, IconCheck, IconParking, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useCallChange } from '@/api/midcall';
import type { LiveCall } from '@/api/wallModel';
import { useMe } from '@/shell/me';
import { controlsOf, type Control } from './controls';
import { TransferDialog } from './TransferDialog';
import { useCallKeys } from './useCallKeys';
import './midcall.css';

const icons: Record<Control['act'], ReactNode> = {
  hold: <IconPlayerPause size={20} stroke={1.75} aria-hidden />,
  resume: <IconPlayerPlay size={20} stroke={1.75} aria-hidden />,
  park: <IconParking size={20} stroke={1.75} aria-hidden />,
  transfer: <IconArrowsExchange size={20} stroke={1.75} aria-hidden />,
  'transfer/complete': <IconCheck size={20} stroke={1.75} aria-hidden />,
  'transfer/cancel': <IconArrowBackUp size={20} stroke={1.75} aria-hidden />,
};

/** Hold, park, transfer: for the closer who has the prospect, wherever their telephone is. */
export function CallControls({ call }: { call: LiveCall }) {
  const me = useMe();
  const change = useCallChange(call.id);
  const [choosing, setChoosing] = useState(false);
  const controls = controlsOf(call.midcall ?? null, call.closer_id === me.closer_id);
  const run = ({ act }: Control) => (act === 'transfer' ? setChoosing(true) : change.mutate({ act }));
  useCallKeys(Object.fromEntries(controls.map((control) => [control.key, () => run(control)])));
  return (
    <>
      {controls.map((control) => (
        <button key={control.act} type="button" className="sp" aria-pressed={control.pressed} aria-keyshortcuts={control.key} disabled={change.isPending} onClick={() => run(control)}>
          {icons[control.act]}
          <span>
            {control.name} <kbd>{control.key.toUpperCase()}</kbd>
          </span>
        </button>
      ))}
      {change.isError && (
        <span className="xs bad" role="alert">
          {change.error.message}
        </span>
      )}
      {choosing && <TransferDialog call={call} close={() => setChoosing(false)} />}
    </>
  );
}
