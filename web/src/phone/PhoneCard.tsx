import { Select, Switch } from '@mantine/core';
import { askToNotify } from '@/api/notify';
import { Btn } from '@/ui/Btn';
import { Card } from '@/ui/parts';
import { useDevices } from './devices';
import { audioContext } from './level';
import { Meter } from './Meter';
import { MicHelp } from './MicHelp';
import { usePhone, type Phone } from './PhoneProvider';
import { settings } from './settings';

/** The switch of the telephone, its devices, and what is wrong with it. */
export function PhoneCard() {
  const phone = usePhone();
  if (!phone) return null;
  const { state, plug } = phone;
  const on = state.step !== 'off' && state.step !== 'failed' && state.step !== 'elsewhere';
  const turn = (wanted: boolean) => {
    if (!wanted) return plug.off();
    audioContext(); /* this click lets it ring later */
    void askToNotify();
    void plug.on();
  };
  return (
    <Card title="Browser phone" end={<Switch checked={on} aria-label="Browser phone" onChange={(event) => turn(event.currentTarget.checked)} />}>
      <div className="padx phone-card">
        <StateLine phone={phone} />
        {state.step === 'failed' && state.fault !== 'line' && <MicHelp fault={state.fault} retry={() => turn(true)} />}
        {state.step === 'failed' && state.fault === 'line' && (
          <p className="note warn" role="alert">
            {state.reason}
          </p>
        )}
        {state.step === 'elsewhere' && <Btn onClick={() => turn(true)}>Use it here</Btn>}
        {state.step === 'ready' && <Devices phone={phone} />}
      </div>
    </Card>
  );
}

function StateLine({ phone: { state, call } }: { phone: Phone }) {
  const words: Record<string, string> = {
    off: 'Switch it on to take calls in this browser, with its microphone.',
    opening: 'Connecting. If the browser asks, allow the microphone.',
    ready: call ? 'In the call.' : 'Connected. Your microphone is heard in calls only.',
    lost: 'The line broke; it is being opened again.',
    elsewhere: 'Your phone is in another window.',
    failed: 'It could not be connected.',
  };
  return (
    <p className="sm sub" role="status">
      {words[state.step]}
    </p>
  );
}

function Devices({ phone }: { phone: Phone }) {
  const { microphones, speakers } = useDevices(true);
  const { state, plug, speaker, setSpeaker } = phone;
  if (state.step !== 'ready') return null;
  const current = state.microphone.getAudioTracks()[0]?.getSettings().deviceId ?? settings.microphone();
  return (
    <>
      <Meter name="You" stream={state.monitor} />
      <Select size="xs" label="Microphone" data={microphones} value={current} allowDeselect={false} onChange={(id) => id && void plug.choose(id)} />
      {speakers.length > 0 && 'setSinkId' in HTMLMediaElement.prototype && (
        <Select size="xs" label="Speaker" data={speakers} value={speaker ?? 'default'} allowDeselect={false} onChange={(id) => id && setSpeaker(id)} />
      )}
    </>
  );
}
