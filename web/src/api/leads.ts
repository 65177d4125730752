import { useQuery } from '@tanstack/react-query';
import { get } from './client';
export interface Lead { id: string; first_name: string | null; last_name: string | null; company: string | null; phone: string; bucket: string | null }
export function useLeadSearch(text: string) {
  return useQuery({ queryKey: ['leads', 'search', text], queryFn: ({ signal }) => get<{ items: Lead[] }>('/leads', { q: text, limit: 6 }, signal), enabled: text.length > 1 });
}
