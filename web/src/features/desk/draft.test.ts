// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { amountOf, beginning, keepOnDevice, ratingReasons, stageFor, unsavedDraft } from './draft';

describe('a draft', () => {
  it('begins with what this device could not save yet', () => {
    const form = { summary: 'drafted', draft: { note: 'on the server' }, wrap_up: null };
    expect(beginning(form, { note: 'typed offline', rating: 4 })).toEqual({ note: 'typed offline', rating: 4 });
    expect(beginning(form, null).note).toBe('on the server');
    expect(beginning({ ...form, draft: null }, null)).toEqual({ note: 'drafted' });
  });
  it('has the summary of the talk though notes were kept before there was one', () => {
    expect(beginning({ summary: 'drafted', draft: { notes: 'CFO is Tom', note: '' }, wrap_up: null }, null)).toEqual({ notes: 'CFO is Tom', note: 'drafted' });
  });
  it('of a talk that was handed in begins with that', () => {
    expect(beginning({ summary: 'drafted', draft: null, wrap_up: { disposition: 'won', note: 'signed' } }, null)).toEqual({ disposition: 'won', note: 'signed' });
  });
  it('survives a reload and is forgotten once it is safe', () => {
    keepOnDevice('h1', { notes: 'half a sen' });
    expect(unsavedDraft('h1')).toEqual({ notes: 'half a sen' });
    keepOnDevice('h1', null);
    expect(unsavedDraft('h1')).toBeNull();
  });
});

describe('amounts', () => {
  it.each([
    ['$18,000', 18_000],
    ['18k', 18_000],
    ['1.2m', 1_200_000],
    ['.5', 0.5],
    ['', null],
    ['a lot', null],
  ])('%s', (text, amount) => expect(amountOf(text)).toBe(amount));
});

describe('one tap', () => {
  it('offers reasons that fit the rating', () => {
    expect(ratingReasons(null)).toEqual([]);
    expect(ratingReasons(2)).toContain('No budget');
    expect(ratingReasons(5)).toContain('Ready to buy');
  });
  it('takes the stage of the deal from the outcome', () => {
    expect([stageFor('won'), stageFor('no_fit'), stageFor('proposal'), stageFor('call_again')]).toEqual(['won', 'lost', 'proposal', 'open']);
  });
});
