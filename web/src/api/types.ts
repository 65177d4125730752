/* The rows of the API. */
export interface Lead {
  id: string;
  phone: string;
  first_name: string | null;
  last_name: string | null;
  company: string | null;
  title: string | null;
  email: string | null;
  source: string;
  message: string | null;
  owner_closer_id: string | null;
  zones: string[];
  state: string;
  score: number | null;
  bucket: string | null;
  summary: string | null;
  last_call_id: string | null;
  created_at: number;
  updated_at: number;
}
export interface Paged<T> {
  items: T[];
  next_cursor: string | null;
}
export interface CallRow {
  id: string;
  lead_id: string;
  lead: { first_name: string | null; last_name: string | null; company: string | null; title: string | null };
  phone: string;
  direction: string;
  state: string;
  started_at: number;
  answered_at: number | null;
  ended_at: number | null;
  outcome: string | null;
  score: number | null;
  bucket: string | null;
  summary: string | null;
}
