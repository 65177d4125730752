import type { LiveCall } from '@/api/wallModel';
import { relative, words } from '@/ui/format';

/** The counter of a card: since the answer, or since dialling. */
export function callSeconds(call: LiveCall, now: number): number {
  return (call.ended_at ?? now) - (call.answered_at ?? call.started_at);
}

export function stageOf(call: LiveCall): string {
  if (call.state === 'dialing' || call.state === 'ringing') return call.state;
  if (call.state === 'bridged' || call.state === 'ended') return call.state;
  return call.stage || 'opening';
}

/** Nobody is called cold while questions are open: below 40 the ring stays neutral. */
export function shownBucket(call: LiveCall): string | null {
  const open = call.possible !== null && call.score !== null && call.possible > call.score;
  return open && (call.score ?? 0) < 40 ? null : call.bucket;
}

/** Whose words stand on the card, and how fresh they are. */
export function whoSaid(call: LiveCall, now: number): string {
  if (call.state === 'bridged') return `Talking with ${call.closer_name ?? 'a closer'}`;
  if (!call.last) return '';
  const first = call.name.split(' ')[0] ?? '';
  const who = { ai: 'The AI', closer: call.closer_name ?? 'The closer' }[call.last.speaker] ?? first;
  const what = call.objection ? `objection: ${words(call.objection).toLowerCase()}` : relative(call.last.at, now);
  return `${who}, ${what}`;
}
