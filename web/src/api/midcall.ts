import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, patch, post, remove } from './client';
import type { Api } from './types';

export type JoinMode = Api['Join']['mode'];
export type Parked = Api['Parked'];
export type Transfer = Api['Transfer'];

export type CallChange =
  | { act: 'hold' | 'resume' | 'park' | 'transfer/complete' | 'transfer/cancel' }
  | { act: 'retrieve'; closer_id?: string }
  | { act: 'invite'; closer_id: string }
  | ({ act: 'transfer' } & Transfer);

/** What the people in a call do with it; the events tell everybody what came of it. */
export function useCallChange(callId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ act, ...body }: CallChange) => post<unknown>(`/calls/${callId}/${act}`, body),
    onSettled: () => client.invalidateQueries({ queryKey: ['desk'] }),
  });
}

/** Calls that wait for somebody to retrieve them. */
export function useParked() {
  return useQuery({ queryKey: ['desk', 'parked'], queryFn: async ({ signal }) => (await get<Api['ParkedCalls']>('/parked', {}, signal)).items });
}

/** Opens a line into a call: a browser's when it offers one, else the own telephone rings. */
export const joinCall = (callId: string, mode: JoinMode, sdp?: string) => post<Api['Joined']>(`/calls/${callId}/join`, { mode, sdp });
export const setJoinMode = (callId: string, mode: JoinMode) => patch<unknown>(`/calls/${callId}/join`, { mode });
export const leaveCall = (callId: string) => remove(`/calls/${callId}/join`);
