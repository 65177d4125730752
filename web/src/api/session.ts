import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Me } from '@/shell/me';
import { get, post, Problem } from './client';

export const sessionKey = ['me'];

/** Who is signed in; null when nobody is. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => get<Me>('/me', {}, signal).catch(nobody),
    staleTime: Infinity,
  });
}

function nobody(error: unknown): null {
  if (error instanceof Problem && error.status === 401) return null;
  throw error;
}

export function useLogin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { login: string; password: string }) => post<unknown>('/login', body),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionKey }),
  });
}

export function useLogout() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => post<void>('/logout'),
    onSuccess: () => {
      client.setQueryData(sessionKey, null);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
    },
  });
}
