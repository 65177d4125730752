import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, patch, post } from './client';
import type { Api } from './types';
import { closersOf } from './wallOf';

export function useClosers() {
  return useQuery({ queryKey: ['closers'], queryFn: async ({ signal }) => closersOf(await get<Api['Closers']>('/closers', {}, signal)) });
}

/** Makes a name and a password for a closer's SIP telephone. */
export function useTelephone() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => post<Api['Telephone']>(`/closers/${id}/telephone`),
    onSettled: () => client.invalidateQueries({ queryKey: ['closers'] }),
  });
}

export function usePresence() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, presence, reason }: { id: string; presence: string; reason?: string }) => post<unknown>(`/closers/${id}/presence`, { presence, reason }),
    onSettled: () => client.invalidateQueries({ queryKey: ['closers'] }),
  });
}

export function useProfile(closerId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (profile: Api['CloserProfile']) => patch<unknown>(`/closers/${closerId}`, { profile }),
    onSettled: () => client.invalidateQueries({ queryKey: ['closers'] }),
  });
}
