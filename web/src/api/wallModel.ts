import type { ScorePart } from '@/ui/ring';
import type { Brief } from './callModel';
import type { Api } from './types';

/** What the wall shows, kept up to date by events between two snapshots. */
export interface Wall {
  /** The last event that is already in here. */
  seq: number;
  calls: LiveCall[];
  closers: LiveCloser[];
  dials: Dial[];
  promises: Promised[];
  metrics: Metrics;
}

export interface LiveCall {
  id: string;
  lead_id: string;
  name: string;
  company: string | null;
  title: string | null;
  phone: string;
  source: string | null;
  state: string;
  stage: string;
  started_at: number;
  answered_at: number | null;
  ended_at: number | null;
  outcome: string | null;
  score: number | null;
  possible: number | null;
  bucket: string | null;
  parts: ScorePart[];
  last: { speaker: string; text: string; at: number; seq?: number } | null;
  objection: string | null;
  ladder: Rung[];
  closer_name: string | null;
  closer_id?: string | null;
  /** What the humans do with it: talking, held, ringing, consulting, sent, parked, fetching. */
  midcall?: string | null;
  /** The AI comes back to the waiting prospect then. */
  waits_until?: number | null;
}

/** One closer on the offer ladder of a call. */
export interface Rung {
  offer_id: string;
  closer_id: string | null;
  closer_name: string;
  step: number;
  /** Why this closer: owner, best_match ... */
  why: string | null;
  /** Of the colleague who asks, and their name. */
  note?: string | null;
  from?: string | null;
  state: string;
  offered_at: number;
  /** How long it rings; null: not known. */
  ring_ms: number | null;
  /** Comes with the offer, for the closer's desk. */
  brief: Brief | null;
}

export interface LiveCloser {
  id: string;
  name: string;
  team: string | null;
  presence: string;
  reason: string | null;
  since: number;
  profile?: Api['CloserProfile'] | null;
}

export interface Dial {
  id: string;
  lead_id: string;
  name: string;
  source: string | null;
  due_at: number;
  held: string | null;
}

export interface Promised {
  id: string;
  lead_id: string;
  name: string;
  kind: string;
  score: number | null;
  bucket: string | null;
  closer_name: string | null;
  due_at: number;
}

export interface Metrics {
  leads_today: number;
  speed_p50_ms: number | null;
  speed_p90_ms: number | null;
  promised_ms: number;
  hot_waiting: number;
  oldest_waiting_at?: number | null;
  promises_kept: number;
  promises_total: number;
  at_risk: number;
  held_total: number;
  held: { reason: string; count: number }[];
}
