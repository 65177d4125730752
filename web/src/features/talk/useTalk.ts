import { useCallback, useEffect, useRef, useState } from 'react';
import { endTestCall, startTestCall } from '@/api/phone';
import { connect, NotConnected, type Connection } from '@/phone/connect';
import { audioContext } from '@/phone/level';
import { MicProblem, openMicrophone, type MicFault } from '@/phone/microphone';

/*  idle -> asking (microphone) -> connecting -> talking -> over;  asking, connecting -> failed;  over, failed -> asking  */
export type Talk =
  | { step: 'idle' | 'asking' | 'connecting' }
  | { step: 'failed'; fault: MicFault | 'line'; reason: string }
  | { step: 'talking'; callId: string; microphone: MediaStream; remote: MediaStream; muted: boolean }
  | { step: 'over'; callId: string };

/** One test call at a time. It ends with the page. */
export function useTalk() {
  const [talk, setTalk] = useState<Talk>({ step: 'idle' });
  const open = useRef<{ connection: Connection | null; microphone: MediaStream } | null>(null);

  const hangUp = useCallback(() => {
    open.current?.connection?.close();
    for (const track of open.current?.microphone.getTracks() ?? []) track.stop();
    open.current = null;
  }, []);
  useEffect(() => hangUp, [hangUp]);

  const begin = async (ringClosers: boolean) => {
    audioContext(); /* started by this very click */
    setTalk({ step: 'asking' });
    try {
      const microphone = await openMicrophone();
      open.current = { connection: null, microphone };
      setTalk({ step: 'connecting' });
      let callId = '';
      const connection = await connect(microphone, {
        exchange: async (sdp) => {
          const answer = await startTestCall(sdp, ringClosers);
          callId = answer.call_id;
          return answer.sdp;
        },
        onLost: () => (hangUp(), setTalk({ step: 'over', callId })),
      });
      open.current = { connection, microphone };
      setTalk({ step: 'talking', callId, microphone, remote: connection.remote, muted: false });
    } catch (error) {
      hangUp();
      setTalk(failure(error));
    }
  };

  const end = () => {
    if (talk.step !== 'talking') return;
    hangUp();
    void endTestCall(talk.callId).catch(() => undefined); /* the goodbye of the line ends it as well */
    setTalk({ step: 'over', callId: talk.callId });
  };

  const mute = () => {
    if (talk.step !== 'talking') return;
    for (const track of talk.microphone.getAudioTracks()) track.enabled = talk.muted;
    setTalk({ ...talk, muted: !talk.muted });
  };

  /** The server says that the call is over. */
  const over = useCallback(() => {
    hangUp();
    setTalk((now) => (now.step === 'talking' ? { step: 'over', callId: now.callId } : now));
  }, [hangUp]);

  return { talk, begin, end, mute, over };
}

function failure(error: unknown): Talk {
  if (error instanceof MicProblem) return { step: 'failed', fault: error.fault, reason: '' };
  if (error instanceof NotConnected)
    return { step: 'failed', fault: 'line', reason: 'The audio did not get through. Baton must be reachable by UDP at its rtp.ip; a firewall or a container may be in between.' };
  return { step: 'failed', fault: 'line', reason: error instanceof Error ? error.message : 'The line could not be opened.' };
}
