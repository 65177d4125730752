import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { get, post } from './client';
import { callOf } from './callOf';
import type { Api, CallRow, Paged, Peaks } from './types';

export const recordingUrl = (id: string) => `/api/v1/calls/${id}/recording`;

export function useCall(id: string, known = true) {
  return useQuery({ enabled: known, queryKey: ['call', id], queryFn: async ({ signal }) => callOf(await get<Api['CallView']>(`/calls/${id}`, {}, signal)) });
}

/** Fixed once the call is over. */
export function usePeaks(id: string, ready: boolean) {
  return useQuery({
    queryKey: ['peaks', id],
    queryFn: ({ signal }) => get<Peaks>(`/calls/${id}/peaks`, {}, signal),
    enabled: ready,
    staleTime: Infinity,
  });
}

export function useCalls() {
  return useInfiniteQuery({
    queryKey: ['calls'],
    queryFn: ({ pageParam, signal }) => get<Paged<CallRow>>('/calls', { cursor: pageParam, limit: 50 }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor || undefined,
  });
}

export function useHangup(id: string) {
  return useMutation({ mutationFn: () => post<void>(`/calls/${id}/hangup`) });
}

export function useShareCall(id: string) {
  return useMutation({ mutationFn: (hours: number) => post<Api['Shared']>(`/calls/${id}/share`, { hours }) });
}

/* --- a call that was shared: the token is all that is needed --- */

export const sharedRecordingUrl = (token: string) => `/api/v1/shared/${token}/recording`;

export function useSharedCall(token: string) {
  return useQuery({ queryKey: ['shared', token], queryFn: async ({ signal }) => callOf(await get<Api['CallView']>(`/shared/${token}`, {}, signal)), staleTime: Infinity });
}

export function useSharedPeaks(token: string, ready: boolean) {
  return useQuery({ queryKey: ['shared', token, 'peaks'], queryFn: ({ signal }) => get<Peaks>(`/shared/${token}/peaks`, {}, signal), enabled: ready, staleTime: Infinity });
}
