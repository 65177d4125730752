import { words } from '@/ui/format';
import { outcomeWord } from '@/ui/outcome';
import type { Entry, EntryKind, Gate, LeadView } from './leadModel';
import type { Api } from './types';

export function leadOf(answer: Api['LeadView']): LeadView {
  const { gate, consents } = answer;
  return {
    ...answer,
    suppressed: answer.suppressed ?? null,
    gate: gate ? gateOf(gate) : null,
    next: answer.next ?? null,
    consents: consents.map((one) => ({ ...one, source: one.source ?? null, text: one.text ?? null, revoked_at: one.revoked_at ?? null })),
  };
}

export const gateOf = (gate: Api['Gate']): Gate => ({ ...gate, next_allowed_at: gate.next_allowed_at ?? null });

/** Newest first (they arrive oldest first), with words for what the API says in ids. */
export function timelineOf(answer: Api['TimelineEntry'][]): Entry[] {
  return answer.map(entryOf).reverse().sort((a, b) => b.at - a.at);
}

function entryOf(entry: Api['TimelineEntry']): Entry {
  const { id, at, title, detail, quote, call } = entry;
  const kind = entry.kind as EntryKind;
  return { id, at, kind, title: titleOf(title), detail: detail ? detailOf(kind, detail) : null, quote: quote ?? null, call: call ?? null };
}

/** "Dana wrote: demo_booked" is said in words. */
const titleOf = (title: string) => title.replace(/: ([a-z]+(?:_[a-z]+)*)$/, (_, id: string) => `: ${words(id).toLowerCase()}`);

const channels: Record<string, string> = { api: 'Sent to the API', import: 'From an imported file', inbound_call: 'Called us' };

function detailOf(kind: string, detail: string): string {
  if (kind === 'form') return channels[detail] ?? (detail.startsWith('hook:') ? `Sent by ${words(detail.slice(5))}` : detail);
  if (!/^[a-z_]+$/.test(detail)) return detail;
  return kind === 'call' ? outcomeWord(detail) : words(detail);
}
