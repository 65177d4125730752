import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { get } from './client';
import { since } from './journal';
import { wallKey } from './reduce';
import { reduceWall } from './reduceWall';
import { wallOf } from './wallOf';
import type { Api } from './types';
import type { Wall } from './wallModel';

async function load(client: QueryClient, signal: AbortSignal): Promise<Wall> {
  const wall = wallOf(await get<Api['Wall']>('/wall', {}, signal));
  return since(client, wall.seq).reduce(reduceWall, wall);
}

export function useWall() {
  const client = useQueryClient();
  return useQuery({ queryKey: wallKey, queryFn: ({ signal }) => load(client, signal), staleTime: 30_000, refetchInterval: 30_000 });
}
