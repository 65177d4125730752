import { briefOf } from './briefOf';
import type { CallView, WrapUp } from './callModel';
import { isRecord, number, text } from './events';

/** The answer of the API as the page wants it: what may be absent becomes null, the brief's lists become plain words. */
export function callOf(answer: CallView): CallView {
  const { handoff, route } = answer;
  return {
    ...answer,
    recording_ms: answer.recording_ms ?? 0,
    brief: isRecord(answer.brief) ? briefOf({ ...answer.brief }) : null,
    route: route ? { action: route.action, team: route.team ?? null, reasons: route.reasons ?? [] } : null,
    handoff: handoff ? { ...handoff, offers: handoff.offers ?? [], wrap_up: wrapUpOf(handoff.wrap_up) } : null,
  };
}

function wrapUpOf(value: unknown): WrapUp | null {
  if (!isRecord(value)) return null;
  return { disposition: text(value.disposition), note: text(value.note), rating: number(value.rating) };
}
