import { useCallback, useEffect, useRef, useState } from 'react';
import { joinCall, leaveCall, setJoinMode, type JoinMode } from '@/api/midcall';
import { connect, type Connection } from '@/phone/connect';
import { audioContext } from '@/phone/level';
import { MicProblem, openMicrophone } from '@/phone/microphone';

export type Join =
  | { step: 'out'; reason?: string }
  | { step: 'connecting' }
  | { step: 'in'; mode: JoinMode; remote: MediaStream | null /* null: on their own telephone */ };

/** A line that says nothing, so that listening needs no microphone; its frames keep the line open. */
function silence(): MediaStream {
  const context = audioContext();
  const nothing = context.createConstantSource();
  const line = context.createMediaStreamDestination();
  nothing.offset.value = 0;
  nothing.connect(line);
  nothing.start();
  return line.stream;
}

const words = (error: unknown) =>
  error instanceof MicProblem ? 'The microphone is not available: allow it for this page.' : error instanceof Error && error.message ? error.message : 'The line could not be opened.';

/** A line into somebody else's call. It ends with the page. */
export function useJoin(callId: string) {
  const [join, setJoin] = useState<Join>({ step: 'out' });
  const open = useRef<{ connection: Connection; microphone: MediaStream | null } | null>(null);

  const close = useCallback(() => {
    open.current?.connection.close();
    for (const track of open.current?.microphone?.getTracks() ?? []) track.stop();
    open.current = null;
  }, []);
  useEffect(() => close, [close, callId]);

  const begin = async (mode: JoinMode) => {
    const microphone = mode === 'listen' ? null : await openMicrophone();
    const connection = await connect(microphone ?? silence(), {
      exchange: async (sdp) => (await joinCall(callId, mode, sdp)).sdp ?? '',
      onLost: () => (close(), setJoin({ step: 'out', reason: 'The call is over, or the line broke.' })),
    });
    open.current = { connection, microphone };
    setJoin({ step: 'in', mode, remote: connection.remote });
  };

  const change = async (mode: JoinMode) => {
    const line = open.current;
    if (line && mode !== 'listen' && !line.microphone) {
      line.microphone = await openMicrophone();
      await line.connection.peer.getSenders()[0]?.replaceTrack(line.microphone.getAudioTracks()[0] ?? null);
    }
    await setJoinMode(callId, mode);
    setJoin((now) => (now.step === 'in' ? { ...now, mode } : now));
  };

  const set = async (mode: JoinMode) => {
    audioContext(); /* started by this very click */
    const inside = join.step === 'in';
    if (!inside) setJoin({ step: 'connecting' });
    try {
      await (inside ? change(mode) : begin(mode));
    } catch (error) {
      if (inside && error instanceof MicProblem) return; /* goes on as it was */
      close();
      setJoin({ step: 'out', reason: words(error) });
    }
  };

  /** The own SIP telephone rings; modes are still chosen here. */
  const ring = async () => {
    try {
      await joinCall(callId, 'listen');
      setJoin({ step: 'in', mode: 'listen', remote: null });
    } catch (error) {
      setJoin({ step: 'out', reason: words(error) });
    }
  };

  const leave = () => {
    close();
    void leaveCall(callId).catch(() => undefined); /* the goodbye of the line does it as well */
    setJoin({ step: 'out' });
  };

  return { join, set, ring, leave };
}
