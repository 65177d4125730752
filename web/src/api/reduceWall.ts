import type { ScorePart } from '@/ui/ring';
import { briefOf } from './briefOf';
import { isRecord, number, text, type BatonEvent } from './events';
import type { LiveCall, LiveCloser, Rung, Wall } from './wallModel';

/** The wall after an event. Pure; an event that is already in the snapshot changes nothing. */
export function reduceWall(wall: Wall, event: BatonEvent): Wall {
  if (event.seq <= wall.seq) return wall;
  const next = { ...wall, seq: event.seq };
  if (event.kind === 'closer.presence') return { ...next, closers: wall.closers.map((closer) => presence(closer, event)) };
  if (!event.call_id) return next;
  return { ...next, calls: wall.calls.map((call) => (call.id === event.call_id ? reduceCall(call, event) : call)) };
}

/** True when an event tells of something that only a new snapshot can show. */
export function needsSnapshot(wall: Wall, event: BatonEvent): boolean {
  const [subject] = event.kind.split('.');
  if (subject === 'lead' || subject === 'attempt' || subject === 'task') return true;
  if (['call.ended', 'offer.made', 'handoff.transferred', 'handoff.retrieved'].includes(event.kind)) return true;
  if (event.kind === 'closer.presence') return !wall.closers.some(({ id }) => id === event.data.closer_id);
  return subject === 'call' && !wall.calls.some(({ id }) => id === event.call_id);
}

type Step = (call: LiveCall, event: BatonEvent) => Partial<LiveCall>;

const midcallWords = ['held', 'resumed', 'parked', 'retrieving', 'retrieved', 'retrieve_failed', 'transfer_ringing', 'sent', 'consulting', 'transfer_failed', 'transfer_cancelled', 'transferred'];

/** What the humans do with the call they have. */
function midcall(_: LiveCall, { data }: BatonEvent): Partial<LiveCall> {
  return { midcall: text(data.state), waits_until: number(data.until) || null };
}

const steps: Record<string, Step> = {
  'call.ringing': () => ({ state: 'ringing' }),
  'call.answered': (call, { at }) => ({ state: 'talking', answered_at: call.answered_at ?? at }),
  'call.stage': (_, { data }) => ({ stage: text(data.stage) ?? '' }),
  'call.turn': turn,
  'call.objection': (_, { data }) => (data.event === 'objection' ? { objection: text(data.id) } : {}),
  'call.answer': (call, { data }) => ({ parts: withAnswer(call.parts, data) }),
  'call.score': (call, { data }) => ({
    score: number(data.score),
    possible: number(data.possible),
    bucket: text(data.bucket),
    parts: Array.isArray(data.parts) ? (data.parts as ScorePart[]) : call.parts,
  }),
  'call.handoff': () => ({ state: 'handoff', stage: 'handoff' }),
  'call.bridged': () => ({ state: 'bridged' }),
  'call.resumed': () => ({ state: 'talking' }),
  'call.ended': (_, { at, data }) => ({ state: 'ended', ended_at: at, outcome: text(data.outcome) }),
  'handoff.bridged': (_, { data }) => ({ state: 'bridged', closer_name: text(data.closer_name), closer_id: text(data.closer_id), midcall: text(data.midcall), waits_until: null }),
  ...Object.fromEntries(midcallWords.map((word) => [`handoff.${word}`, midcall])),
  'offer.made': (call, event) => ({ ladder: [...call.ladder.filter(({ offer_id }) => offer_id !== event.subject), rung(event)] }),
};

/** A turn that comes again (it was cut off) is not the last one any more when others followed. */
function turn(call: LiveCall, { at, data }: BatonEvent): Partial<LiveCall> {
  const seq = number(data.seq) ?? 0;
  if (call.last?.seq !== undefined && seq <= call.last.seq) return {};
  return { last: { speaker: text(data.speaker) ?? '', text: text(data.text) ?? '', at, seq }, objection: null };
}

function reduceCall(call: LiveCall, event: BatonEvent): LiveCall {
  const step = steps[event.kind];
  if (step) return { ...call, ...step(call, event) };
  if (!event.kind.startsWith('offer.')) return call;
  const state = event.kind.slice('offer.'.length);
  return { ...call, ladder: call.ladder.map((one) => (one.offer_id === event.subject ? { ...one, state } : one)) };
}

function rung({ subject, at, data }: BatonEvent): Rung {
  return {
    offer_id: subject ?? text(data.id) ?? '',
    closer_id: text(data.closer_id),
    closer_name: text(data.closer_name) ?? 'A closer',
    step: number(data.step) ?? 0,
    why: text(data.why),
    note: text(data.note),
    from: text(data.from),
    state: 'ringing',
    offered_at: number(data.offered_at) ?? at,
    ring_ms: number(data.ring_ms),
    brief: isRecord(data.brief) ? briefOf(data.brief) : null,
  };
}

function withAnswer(parts: ScorePart[], data: Record<string, unknown>): ScorePart[] {
  const dimension = text(data.dimension) ?? text(data.id) ?? text(data.question_id);
  return parts.map((part) =>
    part.dimension === dimension
      ? { ...part, points: number(data.points) ?? 0, max: number(data.max) ?? part.max, status: text(data.status) ?? 'stated' }
      : part,
  );
}

function presence(closer: LiveCloser, { at, data }: BatonEvent): LiveCloser {
  if (closer.id !== data.closer_id) return closer;
  return { ...closer, presence: text(data.presence) ?? closer.presence, reason: text(data.reason), since: number(data.since) ?? at };
}
