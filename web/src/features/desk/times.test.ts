import { expect, it } from 'vitest';
import { localInput, soonTimes } from './times';

it('offers times that people promise, on the quarter of an hour', () => {
  const friday = new Date(2026, 10, 20, 16, 7).getTime();
  const [hour, two, next] = soonTimes(friday).map((one) => localInput(one.at));
  expect([hour, two, next]).toEqual(['2026-11-20T17:15', '2026-11-20T18:15', '2026-11-23T10:00']);
});

it('gives an instant back as the field shows it', () => {
  const at = new Date(2026, 5, 1, 9, 30).getTime();
  expect(new Date(localInput(at)).getTime()).toBe(at);
});
