import { expect, it } from 'vitest';
import { neighbour } from './peek';

it('goes round the calls that are shown', () => {
  expect(neighbour(['a', 'b', 'c'], 'a', 1)).toBe('b');
  expect(neighbour(['a', 'b', 'c'], 'c', 1)).toBe('a');
  expect(neighbour(['a', 'b', 'c'], 'a', -1)).toBe('c');
});

it('begins at the first when the call has left the wall', () => {
  expect(neighbour(['a', 'b'], 'gone', 1)).toBe('a');
  expect(neighbour([], 'gone', 1)).toBeNull();
});
