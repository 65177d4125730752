import { expect, it } from 'vitest';
import { teamsOf, whoCanTake } from './colleagues';

const closer = (id: string, presence: string, since: number, team: string | null = 'closers') => ({ id, name: id, team, presence, since });
const all = [closer('me', 'available', 1), closer('late', 'available', 9), closer('early', 'available', 3), closer('busy', 'in_call', 2), closer('big', 'available', 5, 'enterprise')];

it('offers colleagues who are free, the longest first, and not oneself', () => {
  expect(whoCanTake(all, 'me').map(({ id }) => id)).toEqual(['early', 'big', 'late']);
});

it('offers a team when there is a choice in it', () => {
  expect(teamsOf(all, 'me')).toEqual(['closers']);
  expect(teamsOf([closer('a', 'available', 1), closer('b', 'away', 1)])).toEqual([]);
});
