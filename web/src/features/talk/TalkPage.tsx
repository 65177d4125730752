import { Switch } from '@mantine/core';
import { IconMicrophone, IconMicrophoneOff, IconPhoneOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useCall } from '@/api/calls';
import type { CallView } from '@/api/callModel';
import { Meter, Voice } from '@/phone/Meter';
import { MicHelp } from '@/phone/MicHelp';
import '@/phone/phone.css';
import { Page } from '@/shell/TopBar';
import { Btn, LinkBtn } from '@/ui/Btn';
import { duration } from '@/ui/format';
import { useNow } from '@/ui/useNow';
import { LiveTalk } from './LiveTalk';
import { useTalk, type Talk } from './useTalk';
import './talk.css';

/** The microphone is the prospect: the first thing to try. */
export default function TalkPage() {
  const { talk, begin, end, mute, over } = useTalk();
  const [ring, setRing] = useState(false);
  const callId = talk.step === 'talking' || talk.step === 'over' ? talk.callId : null;
  const call = useCall(callId ?? '', callId !== null);
  const ended = call.data?.ended_at != null;
  useEffect(() => {
    if (ended) over();
  }, [ended, over]);
  return (
    <Page title="Talk to the AI" className="talkp">
      <div className="talk-grid">
        <section className="card talk-stage" aria-label="Your line">
          {talk.step === 'talking' ? (
            <Talking talk={talk} call={call.data} mute={mute} end={end} />
          ) : (
            <Start talk={talk} call={call.data} begin={() => void begin(ring)} ring={ring} setRing={setRing} />
          )}
        </section>
        {call.data && <LiveTalk call={call.data} />}
      </div>
    </Page>
  );
}

interface StartProps {
  talk: Talk;
  call?: CallView;
  begin: () => void;
  ring: boolean;
  setRing: (on: boolean) => void;
}

function Start({ talk, call, begin, ring, setRing }: StartProps) {
  const over = talk.step === 'over';
  const busy = talk.step === 'asking' || talk.step === 'connecting';
  return (
    <>
      <h1>{over ? 'That was the call' : 'You are the prospect'}</h1>
      <p className="sub lead-in">
        {over
          ? 'It was recorded like any other. Listen to it, or see why it was scored as it was.'
          : 'One click, and the AI talks to you over your microphone, as it would with a lead who just asked for a demo. Interrupt it, object, ask for a person.'}
      </p>
      <button type="button" className="big-talk" onClick={begin} disabled={busy} aria-busy={busy || undefined}>
        <IconMicrophone size={44} stroke={1.5} aria-hidden />
        <span>{{ asking: 'Allow the microphone', connecting: 'Connecting' }[talk.step as string] ?? (over ? 'Talk again' : 'Start talking')}</span>
      </button>
      {talk.step === 'failed' &&
        (talk.fault === 'line' ? (
          <p className="note warn" role="alert">
            {talk.reason}
          </p>
        ) : (
          <MicHelp fault={talk.fault} retry={begin} />
        ))}
      {over && call && (
        <LinkBtn tone="plain" to={`/calls/${call.id}`}>
          Recording and answers
        </LinkBtn>
      )}
      <Switch checked={ring} onChange={(event) => setRing(event.currentTarget.checked)} label="Ring the closers if I turn out hot" />
      <p className="sm mut">A test call: recorded and scored, but it counts in no figure and nobody is called back.</p>
    </>
  );
}

interface TalkingProps {
  talk: Extract<Talk, { step: 'talking' }>;
  call?: CallView;
  mute: () => void;
  end: () => void;
}

function Talking({ talk, call, mute, end }: TalkingProps) {
  const now = useNow();
  const agent = call?.agent ?? 'AI';
  return (
    <>
      <span className="live-t">
        <span className="dot call" aria-hidden />
        On the line with {agent}
      </span>
      <time className="clock">{duration(now - (call?.answered_at ?? now))}</time>
      <div className="meters">
        <Meter name={talk.muted ? 'Muted' : 'You'} stream={talk.muted ? null : talk.microphone} />
        <Meter name={agent} stream={talk.remote} />
      </div>
      <div className="row talk-acts">
        <Btn icon={talk.muted ? <IconMicrophoneOff size={18} /> : <IconMicrophone size={18} />} aria-pressed={talk.muted} onClick={mute}>
          {talk.muted ? 'Unmute' : 'Mute'}
        </Btn>
        <Btn tone="end-call" icon={<IconPhoneOff size={18} />} onClick={end}>
          End call
        </Btn>
      </div>
      <p className="sm mut">Try: &ldquo;How much does it cost?&rdquo;, &ldquo;Are you a robot?&rdquo;, &ldquo;Can I talk to a person?&rdquo;</p>
      <Voice stream={talk.remote} />
    </>
  );
}
