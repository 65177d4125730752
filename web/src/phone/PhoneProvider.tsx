import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { callOfCloser, offerFor, type LiveOffer } from '@/api/desk';
import { withdraw } from '@/api/notify';
import { useWall } from '@/api/wall';
import type { LiveCall } from '@/api/wallModel';
import { useMe } from '@/shell/me';
import { useRingingTitle } from '@/shell/title';
import { Voice } from './Meter';
import { PhoneBar } from './PhoneBar';
import { Plug, type PhoneState } from './plug';
import { startRinging } from './ring';
import { settings } from './settings';
import './phone.css';

export interface Phone {
  plug: Plug;
  state: PhoneState;
  call: LiveCall | null;
  muted: boolean;
  setMuted: (muted: boolean) => void;
  speaker: string | null;
  setSpeaker: (id: string) => void;
}

const PhoneContext = createContext<Phone | null>(null);
/** Null for those who are no closers. */
export const usePhone = () => useContext(PhoneContext);

/** The telephone lives as long as somebody is signed in, on whatever page they are. */
export function PhoneProvider({ children }: { children: ReactNode }) {
  const { closer_id } = useMe();
  return closer_id ? <CloserPhone closerId={closer_id}>{children}</CloserPhone> : children;
}

function CloserPhone({ closerId, children }: { closerId: string; children: ReactNode }) {
  const [plug] = useState(() => new Plug());
  const state = useSyncExternalStore(plug.subscribe, plug.current);
  const wall = useWall().data;
  const call = callOfCloser(wall, closerId);
  const offer = offerFor(wall, closerId);
  const [muted, setMuted] = useState(false);
  const [speaker, setSpeaker] = useState(settings.speaker);

  useEffect(() => {
    if (settings.on()) void plug.on();
    window.addEventListener('online', plug.hurry);
    return () => {
      window.removeEventListener('online', plug.hurry);
      plug.stop();
    };
  }, [plug]);
  const talking = call !== null;
  useEffect(() => plug.listen(talking && !muted), [plug, talking, muted]);
  useEffect(() => setMuted(false), [call?.id]);
  useRinging(offer, state.step === 'ready');

  const chooseSpeaker = (id: string) => (settings.setSpeaker(id), setSpeaker(id));
  return (
    <PhoneContext.Provider value={{ plug, state, call, muted, setMuted, speaker, setSpeaker: chooseSpeaker }}>
      {children}
      {state.step === 'ready' && <Voice stream={state.remote} sink={speaker} />}
      {call && state.step !== 'off' && <PhoneBar call={call} />}
    </PhoneContext.Provider>
  );
}

/** The tab tells it on whatever page; sound only where the telephone is. */
function useRinging(offer: LiveOffer | null, ready: boolean) {
  const id = offer?.rung.offer_id ?? null;
  useRingingTitle(offer ? `${offer.call.name} rings` : null);
  useEffect(() => {
    if (id === null) return;
    const stop = ready ? startRinging() : () => undefined;
    return () => {
      stop();
      withdraw('offer');
    };
  }, [id, ready]);
}
