import type { CallView, Turn } from './callModel';
import { isRecord, number, text, type BatonEvent } from './events';

/** Lays what was just said on a call that is shown, ahead of the snapshot that follows: a turn, or the same one again once it is known how much of it was heard. */
export function reduceCall(call: CallView, event: BatonEvent): CallView {
  const seq = event.kind === 'call.turn' && event.call_id === call.id ? number(event.data.seq) : null;
  if (seq === null) return call;
  const turns = [...call.turns.filter((one) => one.seq !== seq), turnOf(event.data, seq)];
  return { ...call, turns: turns.sort((a, b) => a.at_ms - b.at_ms || a.seq - b.seq) };
}

function turnOf(data: BatonEvent['data'], seq: number): Turn {
  const ledger = isRecord(data.ledger) ? data.ledger : {};
  return {
    seq,
    speaker: text(data.speaker) ?? '',
    name: text(ledger.name),
    topic: text(data.topic),
    text: text(data.text) ?? '',
    at_ms: number(data.at_ms) ?? 0,
    end_ms: number(data.end_ms) ?? 0,
    interrupted: data.interrupted === true,
    latency_ms: number(ledger.first_rtp),
    overlap_ms: isRecord(ledger.overlap) ? (number(ledger.overlap.began) ?? 0) + (number(ledger.overlap.went_on) ?? 0) : null,
  };
}
