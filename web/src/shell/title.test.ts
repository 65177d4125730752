// @vitest-environment jsdom
import { renderHook } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { useRingingTitle, useTitle } from './title';

const icon = () => document.querySelector('link[rel="icon"]')?.getAttribute('href');

beforeEach(() => {
  document.head.innerHTML = '<title>Baton</title><link rel="icon" href="/mark.svg">';
});

it('names the page, and what rings as long as it rings', () => {
  renderHook(() => useTitle('Desk'));
  expect(document.title).toBe('Desk \u2013 Baton');
  const offer = renderHook(({ rings }: { rings: string | null }) => useRingingTitle(rings), { initialProps: { rings: 'Priya Raman rings' as string | null } });
  expect(document.title).toBe('(1) Priya Raman rings');
  expect(icon()).toBe('/mark-ringing.svg');
  offer.rerender({ rings: null });
  expect(document.title).toBe('Desk \u2013 Baton');
  expect(icon()).toBe('/mark.svg');
});
