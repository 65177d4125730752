import { words } from '@/ui/format';
import { outcomeWord } from '@/ui/outcome';
import type { Entry, LeadView } from './leadModel';

export const leadOf = (answer: LeadView): LeadView => ({ ...answer, answers: answer.answers ?? [], consents: answer.consents ?? [], parts: answer.parts ?? [] });

/** Newest first, with words for what the API says in ids. */
export function timelineOf(answer: Entry[] | { items: Entry[] }): Entry[] {
  const entries = Array.isArray(answer) ? answer : answer.items;
  return entries.map((entry) => ({ ...entry, detail: entry.detail && detailOf(entry.kind, entry.detail) })).sort((a, b) => b.at - a.at);
}

const channels: Record<string, string> = { api: 'Sent to the API', import: 'From an imported file', inbound_call: 'Called us' };

function detailOf(kind: string, detail: string): string {
  if (kind === 'form') return channels[detail] ?? (detail.startsWith('hook:') ? `Sent by ${words(detail.slice(5))}` : detail);
  if (!/^[a-z_]+$/.test(detail)) return detail;
  return kind === 'call' ? outcomeWord(detail) : words(detail);
}
