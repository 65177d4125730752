import type { Entry, LeadView } from './leadModel';

export const leadOf = (answer: LeadView): LeadView => ({ ...answer, answers: answer.answers ?? [], consents: answer.consents ?? [], parts: answer.parts ?? [] });

/** Newest first, however they arrive. */
export function timelineOf(answer: Entry[] | { items: Entry[] }): Entry[] {
  const entries = Array.isArray(answer) ? answer : answer.items;
  return [...entries].sort((a, b) => b.at - a.at);
}
