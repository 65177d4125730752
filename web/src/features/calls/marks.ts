import type { Answer, CallView, Turn } from '@/api/callModel';
import { words } from '@/ui/format';
import { capital } from '@/ui/ring';

/** Something that happened at a place in the recording. */
export interface Mark {
  at_ms: number;
  name: string;
  /** Where its label begins. */
  shown_ms?: number;
}

const turnAt = (call: CallView, seq: number | null): Turn | undefined => call.turns.find((turn) => turn.seq === seq);

/** Where an answer was given. */
export function answerTurn(call: CallView, answer: Answer): Turn | undefined {
  const named = turnAt(call, answer.turn_seq);
  if (named?.speaker === 'prospect' || !answer.evidence) return named;
  return call.turns.find((turn) => turn.speaker === 'prospect' && turn.text.includes(answer.evidence ?? '')) ?? named;
}

/** The points, above the waveform. */
export function answerMarks(call: CallView): Mark[] {
  return spread(
    call.answers
      .filter((answer) => !answer.replaced && answer.status !== 'not_asked')
      .flatMap((answer) => {
        const turn = answerTurn(call, answer);
        return turn ? [{ at_ms: turn.at_ms, name: `${capital(answer.dimension)} ${answer.points}` }] : [];
      }),
    call.recording_ms,
  );
}

/** What else happened, below it. */
export function eventMarks(call: CallView): Mark[] {
  const said = call.mentions
    .filter(({ kind }) => kind === 'objection' || kind === 'competitor')
    .flatMap((mention) => {
      const turn = turnAt(call, mention.turn_seq);
      return turn ? [{ at_ms: turn.at_ms, name: capital(mention.kind) }] : [];
    });
  return spread([...said, ...handoffMarks(call)], call.recording_ms);
}

function handoffMarks(call: CallView): Mark[] {
  const { handoff } = call;
  if (!handoff) return [];
  const rings = handoff.offers.map((offer) => ({ at_ms: offset(call, offer.offered_at), name: `Ringing ${first(offer.closer_name)}` }));
  if (handoff.bridged_at === null) return rings;
  return [...rings, { at_ms: offset(call, handoff.bridged_at), name: `${first(handoff.closer_name ?? 'A closer')} joined` }];
}

/** An instant as a place in the recording, which begins with the answer. */
export const offset = (call: CallView, at: number) => Math.max(0, at - (call.answered_at ?? call.started_at));

const first = (name: string) => name.split(' ')[0] ?? name;

/** What a label takes of a waveform of common width. */
const widthOf = (name: string) => (name.length * 7 + 28) / 1150;

/** A label that would lie on the one before moves to the right of it, and back to the left where the recording ends; it still plays from its own time. */
export function spread(marks: Mark[], totalMs: number): Mark[] {
  let free = 0;
  const placed = [...marks]
    .sort((a, b) => a.at_ms - b.at_ms)
    .map((mark) => {
      const shown_ms = Math.max(mark.at_ms, free);
      free = shown_ms + widthOf(mark.name) * totalMs;
      return { ...mark, shown_ms };
    });
  let end = totalMs;
  for (const mark of placed.reverse()) {
    mark.shown_ms = Math.max(0, Math.min(mark.shown_ms, end - widthOf(mark.name) * totalMs));
    end = mark.shown_ms;
  }
  return placed.reverse();
}

/** What a turn of the prospect brought. */
export function tagsOf(call: CallView, turn: Turn): string[] {
  const answers = call.answers.filter((answer) => answerTurn(call, answer)?.seq === turn.seq && answer.evidence).map((answer) => capital(answer.dimension));
  const mentions = call.mentions.filter((mention) => mention.turn_seq === turn.seq && turn.speaker === 'prospect').map((mention) => words(mention.kind));
  return [...new Set([...answers, ...mentions])];
}

export function latencies(call: CallView): { median: number; worst: number } | null {
  const known = call.turns.flatMap((turn) => (turn.latency_ms === null ? [] : [turn.latency_ms])).sort((a, b) => a - b);
  const median = known[Math.floor(known.length / 2)];
  return median === undefined ? null : { median, worst: known.at(-1) ?? median };
}

/** The longest time that the AI spoke into the prospect's words. */
export const worstOverlap = (call: CallView) => Math.max(0, ...call.turns.map((turn) => turn.overlap_ms ?? 0));

/** The turn that sounds at a time: the last one that has begun. */
export function turnAtTime(turns: Turn[], ms: number): number | null {
  return turns.reduce<number | null>((seq, turn) => (turn.at_ms <= ms ? turn.seq : seq), null);
}
