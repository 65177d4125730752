import type { Me } from '@/shell/me';
import { isRecord, number, text, type BatonEvent } from './events';

export interface Alert {
  /** One of a kind replaces the one before. */
  tag: string;
  title: string;
  body: string;
  path: string;
}

/** What this person wants to hear of while they look elsewhere. Pure. */
export function alertOf(event: BatonEvent, me: Pick<Me, 'role' | 'closer_id'>): Alert | null {
  const manages = me.role === 'admin' || me.role === 'manager';
  const closer = text(event.data.closer_id);
  if (event.kind === 'offer.made' && closer && closer === me.closer_id) return { tag: 'offer', title: 'A hot lead rings for you', body: briefLine(event), path: '/desk' };
  if (event.kind === 'handoff.requested' && manages && !me.closer_id) return { tag: 'hot', title: 'A hot lead waits', body: briefLine(event), path: '/wall' };
  if (event.kind === 'join.invited' && closer && closer === me.closer_id) return { tag: 'join', title: 'A colleague invites you into a call', body: 'Listen first, or talk with them.', path: `/calls/${event.call_id}` };
  const concerned = closer ? closer === me.closer_id : Boolean(me.closer_id);
  if (event.kind === 'task.at_risk' && (manages || concerned)) return { tag: `risk-${event.subject}`, title: 'A callback is at risk', body: leftLine(event), path: me.closer_id ? '/desk' : '/wall' };
  return null;
}

function briefLine({ data }: BatonEvent): string {
  const brief = isRecord(data.brief) ? data.brief : {};
  const score = number(brief.score);
  return [[text(brief.name), text(brief.company)].filter(Boolean).join(', '), score === null ? '' : `${score} points`].filter(Boolean).join('. ');
}

function leftLine({ at, data }: BatonEvent): string {
  const left = Math.max(0, Math.ceil(((number(data.promised_by) ?? at) - at) / 60_000));
  return `Promised within ${left} min.`;
}
