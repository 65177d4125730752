import { briefOf } from './briefOf';
import { isRecord } from './events';
import type { Api } from './types';
import type { LiveCall, LiveCloser, Rung, Wall } from './wallModel';

/** The snapshot of the API as the wall wants it. */
export function wallOf(answer: Api['Wall']): Wall {
  return { ...answer, calls: answer.calls.map(liveCall), closers: answer.closers.map(closerOf) };
}

const liveCall = (call: Api['LiveCall']): LiveCall => ({ ...call, ladder: call.ladder.map(rungOf) });

function rungOf(offer: Api['Offer']): Rung {
  const { closer_id, closer_name, step, why, note, state, offered_at, ring_ms, brief } = offer;
  return { offer_id: offer.id, closer_id, closer_name, step, why: why ?? null, note: note ?? null, state, offered_at, ring_ms: ring_ms ?? null, brief: isRecord(brief) ? briefOf(brief) : null };
}

const closerOf = ({ id, name, team, presence, reason, since, profile }: Api['Closer']): LiveCloser => ({ id, name, team, presence, reason, since, profile });

export const closersOf = (answer: Api['Closers']): LiveCloser[] => answer.items.map(closerOf);
