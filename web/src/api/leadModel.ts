import type { Answer } from './callModel';
import type { Api, Lead } from './types';
import type { ScorePart } from '@/ui/ring';

/** Everything the lead page shows besides the timeline. */
export interface LeadView {
  lead: Lead;
  owner_name: string | null;
  consents: Consent[];
  suppressed: { reason: string; at: number } | null;
  gate: Gate | null;
  next: NextStep | null;
  answers: Answer[];
  parts: ScorePart[];
  deals: Api['Deal'][];
  ratings: Api['Rating'][];
}

export interface Consent {
  kind: string;
  source: string | null;
  text: string | null;
  given_at: number;
  revoked_at: number | null;
}

export interface Gate {
  allowed: boolean;
  deferred: boolean;
  next_allowed_at: number | null;
  reasons: { rule: string; passed: boolean; text: string }[];
}

export interface NextStep {
  kind: string;
  due_at: number;
  closer_name: string | null;
  reason: string | null;
  /** Promised at; the length of the promise is what a countdown is measured against. */
  since: number | null;
}

export type EntryKind = 'form' | 'gate' | 'call' | 'task' | 'stop' | 'note';

export interface Entry {
  id: string;
  at: number;
  kind: EntryKind;
  title: string;
  detail: string | null;
  quote: string | null;
  call: EntryCall | null;
}

export interface EntryCall {
  id: string;
  duration_ms: number;
  bucket: string | null;
  recorded: boolean;
  answers: { dimension: string; evidence: string | null; earlier: string | null; points: number }[];
}
