import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** Which call is looked into lives in the address: it can be sent to a colleague, and "back" closes it. */
export function usePeek(): [string | null, (id: string | null) => void] {
  const [params, setParams] = useSearchParams();
  const change = useCallback((id: string | null) => setParams(id ? { call: id } : {}, { replace: true }), [setParams]);
  return [params.get('call'), change];
}

export const peekPath = (id: string) => `/wall?call=${id}`;

/** The neighbour of a call among those that are shown; from the last one on to the first. */
export function neighbour(ids: string[], id: string, step: 1 | -1): string | null {
  if (ids.length === 0) return null;
  const at = ids.indexOf(id);
  return ids[at < 0 ? 0 : (at + step + ids.length) % ids.length] ?? null;
}
