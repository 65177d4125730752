import { describe, expect, it } from 'vitest';
import { controlsOf, isHad, whereabouts } from './controls';

const acts = (midcall: string | null, mine = true) => controlsOf(midcall, mine).map(({ act, key }) => `${key} ${act}`);

describe('what a closer can do', () => {
  it.each([
    [null, []],
    ['talking', ['h hold', 'p park', 't transfer']],
    ['held', ['h resume', 'p park', 't transfer']],
    ['ringing', ['c transfer/complete', 'b transfer/cancel']],
    ['consulting', ['c transfer/complete', 'b transfer/cancel']],
    ['parked', []],
    ['sent', []],
  ])('%s', (midcall, expected) => expect(acts(midcall)).toEqual(expected));

  it('is nothing for a colleague who is only consulted', () => expect(acts('consulting', false)).toEqual([]));
  it('has each key once at a time', () => {
    for (const state of ['talking', 'held', 'ringing', 'consulting']) {
      const keys = controlsOf(state, true).map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});

describe('where the prospect is', () => {
  it('is said whenever they do not hear the closer', () => {
    expect(whereabouts('talking', 'Priya')).toBeNull();
    expect(whereabouts(null, 'Priya')).toBeNull();
    for (const state of ['held', 'ringing', 'consulting', 'sent', 'parked', 'fetching']) expect(whereabouts(state, 'Priya')).toMatch(/Priya .*music/);
  });
  it('and who has them', () => {
    expect([null, 'talking', 'held', 'ringing', 'consulting'].every(isHad)).toBe(true);
    expect(['sent', 'parked', 'fetching'].some(isHad)).toBe(false);
  });
});
