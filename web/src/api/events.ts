/* Events as they come down the stream (docs/events.md): an envelope, and data that depends on the kind. */

export interface BatonEvent {
  seq: number;
  at: number;
  kind: string;
  lead_id: string | null;
  call_id: string | null;
  subject: string | null;
  data: Record<string, unknown>;
}

/** The stream names its events, so each kind has to be listened to by name. */
export const kinds = [
  ...['received', 'gate', 'suppressed'].map((word) => `lead.${word}`),
  'attempt.finished',
  'reset',
  ...['dialing', 'ringing', 'answered', 'answered_by', 'handoff', 'bridged', 'resumed', 'stage', 'turn', 'answer', 'objection', 'score', 'routed', 'ended'].map((word) => `call.${word}`),
  ...['requested', 'ringing', 'accepted', 'bridged', 'confirmed', 'lost', 'failed', 'ended', 'wrapped_up'].map((word) => `handoff.${word}`),
  ...['made', 'accepted', 'declined', 'timeout', 'failed', 'withdrawn'].map((word) => `offer.${word}`),
  'closer.presence',
  'deal.changed',
  'lead.rated',
  'answer.marked',
  ...['created', 'due', 'done', 'missed', 'at_risk', 'assigned', 'snoozed', 'tried'].map((word) => `task.${word}`),
];

export function parseEvent(message: { type: string; data: string; lastEventId: string }): BatonEvent | null {
  const body = parse(message.data);
  if (!body) return null;
  const data = isRecord(body.data) ? body.data : body;
  return {
    seq: number(body.seq) ?? (Number(message.lastEventId) || 0),
    at: number(body.at) ?? Date.now(),
    kind: text(body.kind) ?? message.type,
    lead_id: text(body.lead_id),
    call_id: text(body.call_id),
    subject: text(body.subject),
    data,
  };
}

function parse(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
export const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
export const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
