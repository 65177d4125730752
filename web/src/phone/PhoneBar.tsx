import { Popover } from '@mantine/core';
import { IconDialpad, IconMicrophone, IconMicrophoneOff, IconPhoneOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { hangUp } from '@/api/phone';
import { CallControls } from '@/features/midcall/CallControls';
import { useCallKeys } from '@/features/midcall/useCallKeys';
import type { LiveCall } from '@/api/wallModel';
import { Btn } from '@/ui/Btn';
import { duration } from '@/ui/format';
import { useNow } from '@/ui/useNow';
import { Meter } from './Meter';
import { usePhone, type Phone } from './PhoneProvider';

/** In reach on every page while the closer is in a call. */
export function PhoneBar({ call }: { call: LiveCall }) {
  const phone = usePhone();
  const end = useMutation({ mutationFn: hangUp });
  const [dialling, setDialling] = useState(false);
  useCallKeys({ m: () => phone?.setMuted(!phone.muted), k: () => !document.querySelector('.peek') && setDialling(true) }); /* there K is the call before */
  if (!phone) return null;
  const { state, muted, setMuted } = phone;
  const ready = state.step === 'ready';
  return (
    <div className="phone" role="toolbar" aria-label="Softphone">
      <div className="lv hide-s">
        <Meter name={muted ? 'Muted' : 'You'} stream={ready && !muted ? state.monitor : null} />
        <Meter name={call.name.split(' ')[0] ?? 'Prospect'} stream={ready ? state.remote : null} />
      </div>
      <div className="keys">
        <button type="button" className="sp" aria-pressed={muted} aria-keyshortcuts="m" onClick={() => setMuted(!muted)}>
          {muted ? <IconMicrophoneOff size={20} stroke={1.75} aria-hidden /> : <IconMicrophone size={20} stroke={1.75} aria-hidden />}
          <span>
            {muted ? 'Unmute' : 'Mute'} <kbd>M</kbd>
          </span>
        </button>
        <CallControls call={call} />
        <Keypad phone={phone} opened={dialling} onChange={setDialling} />
      </div>
      <div className="row endz">
        <LineState phone={phone} />
        <Btn tone="end-call" icon={<IconPhoneOff size={18} aria-hidden />} busy={end.isPending} onClick={() => end.mutate()}>
          <span>End call</span>
        </Btn>
      </div>
    </div>
  );
}

function LineState({ phone: { state, call } }: { phone: Phone }) {
  const now = useNow();
  if (state.step === 'lost')
    return (
      <span className="sm bad" role="alert">
        Reconnecting for {duration(now - state.since)}; the AI keeps {call?.name.split(' ')[0]} company
      </span>
    );
  if (state.step === 'elsewhere') return <span className="sm mut">Your phone is in another window</span>;
  if (state.step !== 'ready') return <span className="sm mut">Connecting</span>;
  return <span className="sm mut hide-s">Recorded</span>;
}

const keys = '123456789*0#';

function Keypad({ phone, opened, onChange }: { phone: Phone; opened: boolean; onChange: (opened: boolean) => void }) {
  return (
    <Popover opened={opened} onChange={onChange} position="top" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="sp" aria-keyshortcuts="k" onClick={() => onChange(!opened)}>
          <IconDialpad size={20} stroke={1.75} aria-hidden />
          <span>
            Keypad <kbd>K</kbd>
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="pad-keys" role="group" aria-label="Keypad" onKeyDown={(event) => keys.includes(event.key) && phone.plug.press(event.key)}>
          {[...keys].map((key) => (
            <button key={key} type="button" onClick={() => phone.plug.press(key)}>
              {key}
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
