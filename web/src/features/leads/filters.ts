import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

export interface LeadFilters {
  q: string;
  state: string;
  bucket: string;
  source: string;
  owner: string;
}

const names = ['q', 'state', 'bucket', 'source', 'owner'] as const;

export const noFilters: LeadFilters = { q: '', state: '', bucket: '', source: '', owner: '' };

/** Filters live in the address, so that a view can be sent to a colleague and "back" undoes it. */
export function useFilters(): [LeadFilters, (change: Partial<LeadFilters>) => void] {
  const [params, setParams] = useSearchParams();
  const text = params.toString();
  const filters = useMemo(() => {
    const now = new URLSearchParams(text);
    return Object.fromEntries(names.map((name) => [name, now.get(name) ?? ''])) as unknown as LeadFilters;
  }, [text]);
  const change = useCallback(
    (wanted: Partial<LeadFilters>) => {
      const typing = Object.keys(wanted).every((name) => name === 'q');
      setParams((now) => changed(now, wanted), { replace: typing });
    },
    [setParams],
  );
  return [filters, change];
}

export function changed(now: URLSearchParams, wanted: Partial<LeadFilters>): URLSearchParams {
  const next = new URLSearchParams(now);
  for (const [name, value] of Object.entries(wanted)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}

export const isFiltered = (filters: LeadFilters) => names.some((name) => filters[name] !== '');

/** A saved view holds only what was set. */
export const sameFilters = (filters: LeadFilters, query: Record<string, unknown>) => names.every((name) => filters[name] === (query[name] ?? ''));
