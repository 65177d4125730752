import type { Draft, WrapUpForm } from '@/api/wrapUp';

/* The wrap-up as it is typed. Pure, but for the two functions that keep it on this device. */

export const outcomes = [
  { value: 'demo_booked', label: 'Demo booked' },
  { value: 'call_again', label: 'Call again' },
  { value: 'proposal', label: 'Proposal' },
  { value: 'won', label: 'Won' },
  { value: 'lost', label: 'Lost' },
  { value: 'no_fit', label: 'No fit' },
];

export const ratingWords = ['', 'a waste of time', 'weak', 'fair', 'good', 'excellent'];

/** Why, in one tap: what fits a poor rating does not fit a good one. */
export function ratingReasons(stars: number | null | undefined): string[] {
  if (!stars) return [];
  return stars <= 3 ? ['No real need', 'No budget', 'No say', 'No hurry', 'Misheard by the AI'] : ['Just as told', 'Ready to buy', 'Right person', 'Better than told'];
}

/** What an outcome says about the deal; a stage that was chosen by hand stays. */
export function stageFor(outcome: string): Draft['deal_stage'] {
  const stages: Record<string, Draft['deal_stage']> = { won: 'won', lost: 'lost', no_fit: 'lost', proposal: 'proposal' };
  return stages[outcome] ?? 'open';
}

/** "$18,000", "18k", "1.2m" -> a number; null when it is none. */
export function amountOf(text: string): number | null {
  const found = /^\s*\$?\s*([\d,]*\.?\d+)\s*([km])?\s*$/i.exec(text);
  if (!found?.[1]) return null;
  const times = { k: 1e3, m: 1e6 }[(found[2] ?? '').toLowerCase()] ?? 1;
  return Number(found[1].replace(/,/g, '')) * times;
}

/** Where to begin: what this device kept unsaved, what the server kept, or the summary drafted from the talk; notes taken during the talk came before its summary. */
export function beginning(form: Pick<WrapUpForm, 'summary' | 'draft' | 'wrap_up'>, unsaved: Draft | null): Draft {
  const known = (unsaved ?? form.draft ?? form.wrap_up) as Draft | null;
  return { ...known, note: known?.note || form.summary };
}

const place = (handoffId: string) => `baton.draft.${handoffId}`;

export function unsavedDraft(handoffId: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(place(handoffId)) ?? 'null') as Draft | null;
  } catch {
    return null;
  }
}

/** Null: it is safe on the server. */
export function keepOnDevice(handoffId: string, draft: Draft | null): void {
  try {
    if (draft) localStorage.setItem(place(handoffId), JSON.stringify(draft));
    else localStorage.removeItem(place(handoffId));
  } catch {
    /* private windows may refuse: then the server's copy has to do */
  }
}
