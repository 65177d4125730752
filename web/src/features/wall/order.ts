import type { LiveCall } from '@/api/wallModel';

/** How long a call stays on the wall after its end, so that its outcome can be read. */
const LINGER_MS = 6000;

/** Highest score first; then who waits longest. Ended calls leave after a moment. */
export function ordered(calls: LiveCall[], now: number): LiveCall[] {
  return calls
    .filter((call) => call.ended_at === null || now - call.ended_at < LINGER_MS)
    .sort((a, b) => rank(b) - rank(a) || a.started_at - b.started_at);
}

const rank = (call: LiveCall) => (call.ended_at === null ? (call.score ?? -1) : -2);

/** The large card is for a call that is hot, or waits for or talks to a human; else the best one, once it has a score. */
export function heroOf(calls: LiveCall[]): LiveCall | null {
  const live = calls.filter((call) => call.ended_at === null);
  const handing = live.find((call) => call.state === 'handoff');
  return handing ?? live.find((call) => (call.score ?? 0) > 0) ?? null;
}
