import type { Gate } from './leadModel';
import type { ScorePart } from '@/ui/ring';

/** Everything the call page shows. Times of turns count from the start of the recording. */
export interface CallView {
  id: string;
  lead_id: string;
  name: string;
  title: string | null;
  company: string | null;
  phone: string;
  scenario: string;
  direction: string;
  state: string;
  stage: string;
  started_at: number;
  ringing_at: number | null;
  answered_at: number | null;
  ended_at: number | null;
  ended_by: string | null;
  outcome: string | null;
  sip_outcome: string | null;
  score: number | null;
  possible: number | null;
  bucket: string | null;
  summary: string | null;
  recording: string | null;
  recording_ms: number;
  first_audio_ms: number | null;
  agent: string;
  turns: Turn[];
  answers: Answer[];
  mentions: Mention[];
  parts: ScorePart[];
  thresholds: { hot: number; warm_high: number; warm_low: number };
  route: Route | null;
  handoff: Handoff | null;
  answered_by: AnsweredBy | null;
  brief: Brief | null;
  /** What the gate said before the call; null for those who called us. */
  gate: Gate | null;
}

/** Who answered, and why it is thought so. Times count from the answer, but for after_onset_ms: from the first voice. */
export interface AnsweredBy {
  who: string;
  why: string;
  phrase: string | null;
  after_onset_ms: number | null;
  tones: string[];
  before: string | null;
  message: string | null;
  person_at_ms: number | null;
}

export interface Turn {
  seq: number;
  speaker: string;
  /** Of a closer. */
  name: string | null;
  topic: string | null;
  text: string;
  at_ms: number;
  end_ms: number;
  interrupted: boolean;
  /** From the prospect's last voiced sample to our first one on the wire. */
  latency_ms: number | null;
  /** How long both voices sounded together by the AI's doing, in a turn of the prospect. */
  overlap_ms: number | null;
}

export interface Answer {
  id: string;
  dimension: string;
  status: string;
  label: string;
  points: number;
  max: number;
  evidence: string | null;
  turn_seq: number | null;
  replaced: boolean;
  /** A human says that the AI took it wrongly. */
  wrong: boolean;
  wrong_note: string | null;
}

export interface Mention {
  kind: string;
  id: string;
  evidence: string;
  turn_seq: number | null;
}

export interface Route {
  action: string;
  team: string | null;
  reasons: string[];
}

export interface Handoff {
  id: string;
  state: string;
  team: string | null;
  closer_name: string | null;
  closer_id: string | null;
  /** What the humans do with the call; null where it cannot be joined. */
  midcall: string | null;
  requested_at: number;
  accepted_at: number | null;
  bridged_at: number | null;
  ended_at: number | null;
  time_to_human_ms: number | null;
  reason: string | null;
  wrap_up: WrapUp | null;
  offers: Offer[];
}

export interface WrapUp {
  disposition: string | null;
  note: string | null;
  notes: string | null;
  next_step: string | null;
  rating: number | null;
  rating_reason: string | null;
  deal_usd: number | null;
  deal_stage: string | null;
}

export interface Offer {
  id: string;
  closer_name: string;
  step: number;
  why: string | null;
  state: string;
  reason: string | null;
  offered_at: number;
  ended_at: number | null;
}

/** An answer as the brief tells it: what was said, and what it was worth. */
export interface BriefAnswer {
  dimension: string;
  points: number;
  max: number;
  quote: string;
}

export interface Brief {
  /** Those with words of the prospect, the dearest first. */
  answers: BriefAnswer[];
  summary: string | null;
  opener: string | null;
  quotes: string[];
  objections: string[];
  competitors: string[];
  open_questions: string[];
}
