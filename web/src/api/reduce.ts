import type { QueryClient } from '@tanstack/react-query';
import type { CallView } from './callModel';
import type { BatonEvent } from './events';
import { remember } from './journal';
import { reduceCall } from './reduceCall';
import { needsSnapshot, reduceWall } from './reduceWall';
import type { Wall } from './wallModel';

export const wallKey = ['wall'];

/** Lays one event on every cache that it concerns. */
export function apply(client: QueryClient, event: BatonEvent): void {
  remember(client, event);
  const wall = client.getQueryData<Wall>(wallKey);
  if (wall) {
    client.setQueryData<Wall>(wallKey, reduceWall(wall, event));
    if (needsSnapshot(wall, event)) renew(client, wallKey);
  }
  if (event.call_id) {
    client.setQueryData<CallView>(['call', event.call_id], (call) => call && reduceCall(call, event));
    renew(client, ['call', event.call_id]);
  }
  if (event.lead_id) renew(client, ['lead', event.lead_id]);
  const [subject] = event.kind.split('.');
  if (subject === 'lead' || event.kind === 'call.ended' || event.kind === 'call.answered') renew(client, ['leads']);
  if (subject === 'call' && /ended|answered|dialing/.test(event.kind)) renew(client, ['calls']);
  if (event.kind === 'closer.presence') renew(client, ['closers']);
  if (subject === 'offer' || subject === 'task' || subject === 'handoff') renew(client, ['desk']);
}

/** One request for a burst of events. */
const SETTLE_MS = 250;
const waiting = new WeakMap<QueryClient, Set<string>>();

function renew(client: QueryClient, key: string[]): void {
  if (client.getQueryCache().findAll({ queryKey: key, type: 'active' }).length === 0) {
    void client.invalidateQueries({ queryKey: key, refetchType: 'none' });
    return;
  }
  const name = key.join('/');
  const set = waiting.get(client) ?? new Set<string>();
  waiting.set(client, set);
  if (set.has(name)) return;
  set.add(name);
  setTimeout(() => {
    set.delete(name);
    void client.invalidateQueries({ queryKey: key });
  }, SETTLE_MS);
}
