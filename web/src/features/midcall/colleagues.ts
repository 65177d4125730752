import type { LiveCloser } from '@/api/wallModel';

type Who = Pick<LiveCloser, 'id' | 'name' | 'team' | 'presence' | 'since'>;

/** Free longest first: the one who is likely to answer. */
export const whoCanTake = <T extends Who>(closers: T[], me?: string | null): T[] =>
  closers.filter(({ id, presence }) => id !== me && presence === 'available').sort((a, b) => a.since - b.since);

/** Teams in which somebody else is free, and more than one: otherwise the name is the shorter way. */
export function teamsOf(closers: Who[], me?: string | null): string[] {
  const free = whoCanTake(closers, me).flatMap(({ team }) => team ?? []);
  return [...new Set(free)].filter((team) => free.filter((one) => one === team).length > 1).sort();
}
