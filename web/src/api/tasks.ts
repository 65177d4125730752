import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from './client';
import type { Api } from './types';

export type Task = Api['Task'];
export type Day = Api['Day'];

/** Callbacks that are due or will be, soonest first. */
export function useCallbacks() {
  return useQuery({
    queryKey: ['desk', 'callbacks'],
    queryFn: async ({ signal }) => (await get<Api['Tasks']>('/tasks', { kind: 'callback', state: 'due', limit: 100 }, signal)).items,
  });
}

export function useDay(closerId: string) {
  return useQuery({ queryKey: ['desk', 'day', closerId], queryFn: ({ signal }) => get<Day>(`/closers/${closerId}/day`, {}, signal) });
}

export type TaskChange =
  | { id: string; act: 'call' }
  | { id: string; act: 'done' }
  | { id: string; act: 'snooze'; until: number; reason: string }
  | { id: string; act: 'assign'; closer_id: string };

export function useTaskChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, act, ...body }: TaskChange) => post<unknown>(`/tasks/${id}/${act}`, body),
    onSettled: () => client.invalidateQueries({ queryKey: ['desk'] }),
  });
}

/** The own telephone rings, then the lead's. */
export function useCallLead() {
  return useMutation({ mutationFn: (leadId: string) => post<unknown>(`/leads/${leadId}/call`, {}) });
}
