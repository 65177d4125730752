import { useMutation } from '@tanstack/react-query';
import { isHad } from '@/features/midcall/controls';
import { post } from './client';
import type { LiveCall, Rung, Wall } from './wallModel';

export interface LiveOffer {
  rung: Rung;
  call: LiveCall;
}

/** The offer that rings for this closer now. */
export function offerFor(wall: Wall | undefined, closerId: string | null | undefined): LiveOffer | null {
  if (!wall || !closerId) return null;
  for (const call of wall.calls) {
    const rung = call.ladder.find((one) => one.closer_id === closerId && one.state === 'ringing');
    if (rung && call.ended_at === null) return { rung, call };
  }
  return null;
}

/** The call this closer is in. */
export function callOfCloser(wall: Wall | undefined, closerId: string | null | undefined): LiveCall | null {
  if (!closerId) return null;
  const mine = (call: LiveCall) => call.ladder.some((rung) => rung.closer_id === closerId && rung.state === 'accepted');
  const together = (call: LiveCall) => call.ended_at === null && (call.state === 'bridged' || call.state === 'handoff') && isHad(call.midcall ?? null);
  return wall?.calls.find((call) => together(call) && mine(call)) ?? null;
}

export function useOfferAnswer() {
  return useMutation({
    mutationFn: ({ id, accept, reason }: { id: string; accept: boolean; reason?: string }) =>
      post<unknown>(`/offers/${id}/${accept ? 'accept' : 'decline'}`, accept ? {} : { reason }),
  });
}

/** The closer leaves and the AI talks on, to book. */
export function useBringBack() {
  return useMutation({ mutationFn: (handoffId: string) => post<unknown>(`/handoffs/${handoffId}/bring-back`) });
}
