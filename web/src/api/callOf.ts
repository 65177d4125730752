import { briefOf } from './briefOf';
import type { AnsweredBy, CallView, Handoff, Offer, Route, WrapUp } from './callModel';
import { gateOf } from './leadOf';
import { isRecord, number, text } from './events';
import type { Api } from './types';

/** The answer of the API as the page wants it: what may be absent becomes null, the brief's lists become plain words. */
export function callOf(answer: Api['CallView']): CallView {
  return {
    ...answer,
    stage: answer.stage ?? '',
    ringing_at: answer.ringing_at ?? null,
    answered_at: answer.answered_at ?? null,
    ended_at: answer.ended_at ?? null,
    ended_by: answer.ended_by ?? null,
    outcome: answer.outcome ?? null,
    sip_outcome: answer.sip_outcome ?? null,
    score: answer.score ?? null,
    possible: answer.possible ?? null,
    bucket: answer.bucket ?? null,
    summary: answer.summary ?? null,
    recording: answer.recording ?? null,
    recording_ms: answer.recording_ms ?? 0,
    first_audio_ms: answer.first_audio_ms ?? null,
    mentions: answer.mentions.map((mention) => ({ ...mention, turn_seq: mention.turn_seq ?? null })),
    brief: isRecord(answer.brief) ? briefOf(answer.brief) : null,
    route: routeOf(answer.route),
    handoff: answer.handoff ? handoffOf(answer.handoff) : null,
    gate: answer.gate ? gateOf(answer.gate) : null,
    answered_by: answer.answered_by ? answeredByOf(answer.answered_by) : null,
  };
}

function routeOf(route: unknown): Route | null {
  if (!isRecord(route)) return null;
  const reasons = Array.isArray(route.reasons) ? route.reasons.filter((line): line is string => typeof line === 'string') : [];
  return { action: text(route.action) ?? 'none', team: text(route.team), reasons };
}

function answeredByOf({ who, turned_out, why, phrase, after_onset_ms, tones, earlier, message, person_at_ms }: Api['AnsweredBy']): AnsweredBy {
  return {
    who: turned_out ?? who,
    why,
    phrase: phrase ?? null,
    after_onset_ms: after_onset_ms ?? null,
    tones: tones.map((tone) => tone.kind),
    before: earlier.at(-1)?.who ?? null,
    message: message?.state ?? null,
    person_at_ms: person_at_ms ?? null,
  };
}

function handoffOf(handoff: Api['Handoff']): Handoff {
  return {
    id: handoff.id,
    state: handoff.state,
    team: handoff.team,
    closer_name: handoff.closer_name ?? null,
    closer_id: handoff.closer_id ?? null,
    midcall: handoff.midcall ?? null,
    requested_at: handoff.requested_at,
    accepted_at: handoff.accepted_at ?? null,
    bridged_at: handoff.bridged_at ?? null,
    ended_at: handoff.ended_at ?? null,
    time_to_human_ms: handoff.time_to_human_ms ?? null,
    reason: handoff.reason ?? null,
    wrap_up: wrapUpOf(handoff.wrap_up),
    offers: handoff.offers.map(offerOf),
  };
}

function offerOf({ id, closer_name, step, why, state, reason, offered_at, ended_at }: Api['Offer']): Offer {
  return { id, closer_name, step, why: why ?? null, state, reason: reason ?? null, offered_at, ended_at: ended_at ?? null };
}

function wrapUpOf(value: unknown): WrapUp | null {
  if (!isRecord(value)) return null;
  return {
    disposition: text(value.disposition),
    note: text(value.note),
    notes: text(value.notes),
    next_step: text(value.next_step),
    rating: number(value.rating),
    rating_reason: text(value.rating_reason),
    deal_usd: number(value.deal_usd),
    deal_stage: text(value.deal_stage),
  };
}
