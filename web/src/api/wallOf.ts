import { briefOf } from './briefOf';
import { isRecord } from './events';
import type { LiveCall, LiveCloser, Rung, Wall } from './wallModel';

/** The snapshot of the API as the wall wants it. */
export function wallOf(answer: Wall): Wall {
  return { ...answer, calls: answer.calls.map(liveCall), dials: answer.dials ?? [], promises: answer.promises ?? [] };
}

function liveCall(call: LiveCall): LiveCall {
  return { ...call, ended_at: call.ended_at ?? null, objection: call.objection ?? null, ladder: (call.ladder ?? []).map(rungOf) };
}

const rungOf = (rung: Rung): Rung => ({ ...rung, brief: isRecord(rung.brief) ? briefOf({ ...rung.brief }) : null });

/** Briefs travel with their offers only: those that were seen are kept. */
export function keepBriefs(wall: Wall, before: Wall | undefined): Wall {
  const seen = new Map(before?.calls.flatMap((call) => call.ladder.map((rung) => [rung.offer_id, rung.brief])));
  const kept = (rung: Rung) => ({ ...rung, brief: rung.brief ?? seen.get(rung.offer_id) ?? null });
  return { ...wall, calls: wall.calls.map((call) => ({ ...call, ladder: call.ladder.map(kept) })) };
}

interface CloserRow extends Omit<LiveCloser, 'reason' | 'since'> {
  reason?: string | null;
  presence_reason?: string | null;
  since?: number;
  presence_since?: number;
}

export function closersOf(answer: { items: CloserRow[] }): LiveCloser[] {
  return answer.items.map((row) => ({ ...row, reason: row.reason ?? row.presence_reason ?? null, since: row.since ?? row.presence_since ?? 0 }));
}
