import { expect, it } from 'vitest';
import { alertOf } from './alerts';
import type { BatonEvent } from './events';

const event = (kind: string, data: Record<string, unknown>): BatonEvent => ({ seq: 1, at: 0, kind, lead_id: 'l', call_id: 'c', subject: 's', data });
const brief = { name: 'Priya Raman', company: 'Lumen', score: 90 };
const dana = { role: 'closer', closer_id: 'dana' };
const boss = { role: 'manager', closer_id: null };

it('tells a closer of what rings for them, and nobody else', () => {
  expect(alertOf(event('offer.made', { closer_id: 'dana', brief }), dana)).toMatchObject({ body: 'Priya Raman, Lumen. 90 points', path: '/desk' });
  expect(alertOf(event('offer.made', { closer_id: 'wei', brief }), dana)).toBeNull();
  expect(alertOf(event('offer.made', { closer_id: 'dana', brief }), boss)).toBeNull();
});

it('tells managers of a hot lead that waits', () => {
  expect(alertOf(event('handoff.requested', { brief }), boss)?.path).toBe('/wall');
  expect(alertOf(event('handoff.requested', { brief }), dana)).toBeNull();
});

it('tells of a callback at risk whoever has to keep it', () => {
  const risk = (closer_id: string | null) => event('task.at_risk', { closer_id, promised_by: 840_000 });
  expect(alertOf(risk('dana'), dana)?.body).toBe('Promised within 14 min.');
  expect(alertOf(risk(null), dana)).not.toBeNull();
  expect(alertOf(risk('wei'), dana)).toBeNull();
  expect(alertOf(risk('wei'), boss)).not.toBeNull();
});
