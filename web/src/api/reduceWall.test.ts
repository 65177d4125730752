import { describe, expect, it } from 'vitest';
import { heroOf, ordered } from '@/features/wall/order';
import type { BatonEvent } from './events';
import { needsSnapshot, reduceWall } from './reduceWall';
import type { LiveCall, Wall } from './wallModel';

const call: LiveCall = {
  id: 'c1',
  lead_id: 'l1',
  name: 'Priya Raman',
  company: null,
  title: null,
  phone: '+15125550143',
  source: null,
  state: 'dialing',
  stage: '',
  started_at: 1000,
  answered_at: null,
  ended_at: null,
  outcome: null,
  score: null,
  possible: null,
  bucket: null,
  parts: ['need', 'timeline', 'budget', 'authority'].map((dimension, at) => ({ dimension, points: 0, max: [30, 25, 25, 20][at] ?? 0, status: 'not_asked' })),
  last: null,
  objection: null,
  ladder: [],
  closer_name: null,
};

const wall: Wall = {
  seq: 10,
  calls: [call],
  closers: [{ id: 'k1', name: 'Dana Okafor', team: null, presence: 'available', reason: null, since: 0 }],
  dials: [],
  promises: [],
  metrics: { leads_today: 0, speed_p50_ms: null, speed_p90_ms: null, promised_ms: 60_000, hot_waiting: 0, promises_kept: 0, promises_total: 0, at_risk: 0, held_total: 0, held: [] },
};

let seq = 10;
const event = (kind: string, data: Record<string, unknown> = {}, subject: string | null = null, call_id: string | null = 'c1'): BatonEvent => ({
  seq: ++seq,
  at: 5000 + seq,
  kind,
  lead_id: 'l1',
  call_id,
  subject,
  data,
});
const after = (...events: BatonEvent[]) => events.reduce(reduceWall, wall);
const first = (state: Wall) => state.calls[0] ?? call;

describe('the wall after events', () => {
  it('follows a call from ringing to its end', () => {
    const talked = after(event('call.ringing'), event('call.answered'), event('call.stage', { stage: 'need' }), event('call.turn', { speaker: 'prospect', text: 'Hello?' }));
    expect(first(talked)).toMatchObject({ state: 'talking', stage: 'need', last: { speaker: 'prospect', text: 'Hello?' } });
    expect(first(talked).answered_at).not.toBeNull();
    expect(first(reduceWall(talked, event('call.ended', { outcome: 'qualified' })))).toMatchObject({ state: 'ended', outcome: 'qualified' });
  });

  it('does not go back to a turn that is told again', () => {
    const state = after(event('call.turn', { seq: 4, speaker: 'ai', text: 'What budget' }), event('call.turn', { seq: 5, speaker: 'prospect', text: 'Wait' }), event('call.turn', { seq: 4, speaker: 'ai', text: 'What budget', interrupted: true }));
    expect(first(state).last?.text).toBe('Wait');
  });

  it('fills the ring as answers come in', () => {
    const state = after(event('call.answer', { dimension: 'budget', points: 12, max: 25, status: 'stated' }), event('call.score', { score: 12, possible: 87, bucket: 'cold' }));
    expect(first(state)).toMatchObject({ score: 12, possible: 87, bucket: 'cold' });
    expect(first(state).parts[2]).toEqual({ dimension: 'budget', points: 12, max: 25, status: 'stated' });
    expect(first(state).parts[0]?.status).toBe('not_asked');
  });

  it('knows a dimension by the id of its question when that is all there is', () => {
    expect(first(after(event('call.answer', { id: 'need', points: 30, max: 30 }))).parts[0]?.points).toBe(30);
  });

  it('climbs the ladder of offers', () => {
    const offered = after(event('offer.made', { closer_id: 'k1', closer_name: 'Dana Okafor', step: 0 }, 'o1'));
    expect(first(offered).ladder).toMatchObject([{ offer_id: 'o1', closer_id: 'k1', state: 'ringing' }]);
    const missed = reduceWall(offered, event('offer.timeout', {}, 'o1'));
    expect(first(missed).ladder[0]?.state).toBe('timeout');
    expect(first(reduceWall(missed, event('handoff.bridged', { closer_name: 'Wei Zhang' })))).toMatchObject({ state: 'bridged', closer_name: 'Wei Zhang' });
  });

  it('changes only the closer who changed', () => {
    const state = after(event('closer.presence', { closer_id: 'k1', presence: 'in_call', since: 7000 }, 'k1', null));
    expect(state.closers[0]).toMatchObject({ presence: 'in_call', since: 7000 });
  });

  it('ignores what the snapshot already holds, and leaves its argument alone', () => {
    const old = { ...event('call.ringing'), seq: 9 };
    expect(reduceWall(wall, old)).toBe(wall);
    after(event('call.ended'));
    expect(wall.calls[0]?.ended_at).toBeNull();
  });

  it('asks for a snapshot when a call is new to it', () => {
    expect(needsSnapshot(wall, event('call.dialing', {}, null, 'c2'))).toBe(true);
    expect(needsSnapshot(wall, event('call.turn'))).toBe(false);
    expect(needsSnapshot(wall, event('lead.deferred', {}, null, null))).toBe(true);
  });
});

describe('order of the cards', () => {
  const scored = (id: string, score: number | null, state = 'talking', ended_at: number | null = null): LiveCall => ({ ...call, id, score, state, ended_at });

  it('puts the highest score first and lets ended calls go after a moment', () => {
    const calls = [scored('low', 20), scored('none', null), scored('high', 60), scored('gone', 90, 'ended', 1000), scored('just', 90, 'ended', 9000)];
    expect(ordered(calls, 10_000).map(({ id }) => id)).toEqual(['high', 'low', 'none', 'just']);
  });

  it('gives the large card to a handoff, else to the best score, else to nobody', () => {
    expect(heroOf([scored('a', 95), scored('b', 80, 'handoff')])?.id).toBe('b');
    expect(heroOf([scored('a', 95)])?.id).toBe('a');
    expect(heroOf([scored('a', null)])).toBeNull();
  });
});
