import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { LeadFilters } from '@/features/leads/filters';
import { del, get, post, withQuery } from './client';
import { leadOf, timelineOf } from './leadOf';
import type { Api, Lead, Paged } from './types';

export function useLeads(filters: LeadFilters) {
  return useInfiniteQuery({
    queryKey: ['leads', filters],
    queryFn: ({ pageParam, signal }) => get<Paged<Lead>>('/leads', { ...filters, cursor: pageParam, limit: 100 }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor || undefined,
    placeholderData: keepPreviousData,
  });
}

export function useLeadSearch(text: string) {
  return useQuery({
    queryKey: ['leads', 'search', text],
    queryFn: ({ signal }) => get<Paged<Lead>>('/leads', { q: text, limit: 6 }, signal),
    enabled: text.length > 1,
  });
}

export function useLead(id: string) {
  return useQuery({ queryKey: ['lead', id], queryFn: async ({ signal }) => leadOf(await get<Api['LeadView']>(`/leads/${id}`, {}, signal)) });
}

export function useTimeline(id: string) {
  return useQuery({ queryKey: ['lead', id, 'timeline'], queryFn: async ({ signal }) => timelineOf(await get<Api['TimelineEntry'][]>(`/leads/${id}/timeline`, {}, signal)) });
}

/** The key makes a second press of the button the same lead. */
export function useCreateLead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ body, key }: { body: unknown; key: string }) => {
      const answer = await post<Api['LeadTaken']>('/leads', body, { 'Idempotency-Key': key });
      return answer.id;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['leads'] }),
  });
}

/** How many fit, beside the rows that are loaded. */
export function useLeadCount(filters: LeadFilters) {
  return useQuery({
    queryKey: ['leads', 'count', filters],
    queryFn: async ({ signal }) => (await get<Api['Count']>('/leads/count', { ...filters }, signal)).count,
    placeholderData: keepPreviousData,
  });
}

export const exportUrl = (filters: LeadFilters) => `/api/v1${withQuery('/leads/export', { ...filters })}`;

/** The server takes 500 at once. */
const BULK = 500;

export function useBulk() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ ids, ...rest }: Api['LeadBulk']) => {
      for (let at = 0; at < ids.length; at += BULK) await post<Api['BulkDone']>('/leads/bulk', { ...rest, ids: ids.slice(at, at + BULK) });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['leads'] }),
  });
}

export function useViews() {
  return useQuery({ queryKey: ['views'], queryFn: async ({ signal }) => (await get<Api['SavedViews']>('/views', {}, signal)).items });
}

export function useSaveView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, query }: { name: string; query: LeadFilters }) =>
      post<Api['SavedView']>('/views', { name, query: Object.fromEntries(Object.entries(query).filter(([, value]) => value)) }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['views'] }),
  });
}

export function useDropView() {
  const client = useQueryClient();
  return useMutation({ mutationFn: (id: string) => del(`/views/${id}`), onSettled: () => client.invalidateQueries({ queryKey: ['views'] }) });
}
