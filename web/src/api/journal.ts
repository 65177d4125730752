import type { QueryClient } from '@tanstack/react-query';
import type { BatonEvent } from './events';

const KEPT = 300;

/* A snapshot is older than the events that overtook it on the way; the last ones are kept to be laid on top of it. */
const journals = new WeakMap<QueryClient, BatonEvent[]>();

export function remember(client: QueryClient, event: BatonEvent): void {
  journals.set(client, [...(journals.get(client) ?? []).slice(1 - KEPT), event]);
}

export function since(client: QueryClient, seq: number): BatonEvent[] {
  return (journals.get(client) ?? []).filter((event) => event.seq > seq);
}
