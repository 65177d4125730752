import { expect, it } from 'vitest';
import { changed } from './filters';

it('writes filters into the address and takes empty ones out', () => {
  const set = changed(new URLSearchParams('q=lumen&bucket=hot'), { bucket: '', state: 'callback' });
  expect(set.toString()).toBe('q=lumen&state=callback');
});
