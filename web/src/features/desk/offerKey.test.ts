// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { offerKey } from './useOfferKeys';

function inside(html: string): HTMLElement {
  document.body.innerHTML = html;
  return document.querySelector<HTMLElement>('.x') ?? document.body;
}

it('accepts with Enter and declines with D or Escape, wherever the focus is', () => {
  const body = inside('<p class="x"></p>');
  expect(offerKey('Enter', body, false)).toBe('accept');
  expect([offerKey('d', body, false), offerKey('D', body, false), offerKey('Escape', body, false)]).toEqual(['decline', 'decline', 'decline']);
  expect(offerKey('d', inside('<button class="x">Accept</button>'), false)).toBe('decline');
});

it('leaves Enter to the button that has the focus, and commands of the browser alone', () => {
  expect(offerKey('Enter', inside('<button class="x"></button>'), false)).toBeNull();
  expect(offerKey('d', inside('<p class="x"></p>'), true)).toBeNull();
});

it.each(['<input class="x">', '<textarea class="x"></textarea>', '<div role="menu"><button class="x"></button></div>', '<div role="dialog"><p class="x"></p></div>'])('is deaf in %s', (html) => {
  expect(offerKey('d', inside(html), false)).toBeNull();
  expect(offerKey('Enter', inside(html), false)).toBeNull();
});
