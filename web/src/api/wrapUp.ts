import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from './client';
import type { Api } from './types';

export type WrapUpForm = Api['WrapUpForm'];
export type Draft = Api['WrapUpDraft'];
export type Unwrapped = Api['Unwrapped'];

/** Talks of the last day that this closer has not wrapped up, newest first. */
export function useUnwrapped(closerId: string) {
  return useQuery({
    queryKey: ['desk', 'unwrapped', closerId],
    queryFn: async ({ signal }) => (await get<Api['UnwrappedTalks']>('/handoffs', { closer_id: closerId }, signal)).items,
  });
}

/** Asked once a talk: what is typed from then on lives in the page and is kept as a draft. */
export function useWrapUpForm(handoffId: string) {
  return useQuery({ queryKey: ['wrap-up', handoffId], queryFn: ({ signal }) => get<WrapUpForm>(`/handoffs/${handoffId}`, {}, signal), staleTime: Infinity, gcTime: 0 });
}

export const keepDraft = (handoffId: string, draft: Draft) => post<unknown>(`/handoffs/${handoffId}/draft`, draft);

export function useHandIn(handoffId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draft: Draft) => post<unknown>(`/handoffs/${handoffId}/wrap-up`, draft),
    onSuccess: () => client.invalidateQueries({ queryKey: ['desk'] }),
  });
}

export function useMarkAnswer(callId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, wrong }: { id: string; wrong: boolean }) => post<unknown>(`/answers/${id}/mark`, { wrong }),
    onSettled: () => client.invalidateQueries({ queryKey: ['call', callId] }),
  });
}
