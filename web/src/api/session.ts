import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { Me } from '@/shell/me';
import { get, post, Problem } from './client';

export const sessionKey = ['me'];

/** Who works here. After the session has ended without a word from them they stay, so that nothing that was typed is lost. */
export interface Session extends Me {
  expired: boolean;
}

/** Null when nobody is signed in. */
export function useSession() {
  const client = useQueryClient();
  return useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }): Promise<Session | null> => {
      try {
        return { ...(await get<Me>('/me', {}, signal)), expired: false };
      } catch (error) {
        if (error instanceof Problem && error.status === 401) return ended(client.getQueryData<Session | null>(sessionKey) ?? null);
        throw error;
      }
    },
    staleTime: Infinity,
  });
}

export const ended = (session: Session | null): Session | null => session && { ...session, expired: true };

/** The server does not know the session any more. */
export function endSession(client: QueryClient): void {
  client.setQueryData<Session | null>(sessionKey, (session) => ended(session ?? null));
}

/** Back after an end: what is shown is asked for again. Somebody else begins with nothing of the one before. */
export function useLogin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { login: string; password: string }) => post<unknown>('/login', body),
    onSuccess: async () => {
      const before = client.getQueryData<Session | null>(sessionKey);
      await client.refetchQueries({ queryKey: sessionKey });
      const others = { predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== sessionKey[0] };
      if (before && client.getQueryData<Session | null>(sessionKey)?.id !== before.id) client.removeQueries(others);
      else void client.invalidateQueries(others);
    },
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
