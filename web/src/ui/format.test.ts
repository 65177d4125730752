import { describe, expect, it } from 'vitest';
import { quote, duration, fullName, initials, moment, money, phone, relative, sentence, span, withoutName, words } from './format';
import { barPath, merged, squeeze, ticks } from './peaks';
import { stageIndex, stageWord } from './stage';

it('quotes within a quote are single', () => {
  expect(quote('I saw you mentioned "next day". More?')).toBe('\u201cI saw you mentioned \u2018next day\u2019. More?\u201d');
});

describe('durations', () => {
  it.each([
    [0, '0:00'],
    [-5000, '0:00'],
    [127_000, '2:07'],
    [3_727_000, '1:02:07'],
  ])('%d ms is %s', (ms, text) => expect(duration(ms)).toBe(text));

  it.each([
    [640, '0.64 s'],
    [1_300, '1.3 s'],
    [8_000, '8 s'],
    [31_400, '31 s'],
    [60_000, '60 s'],
    [150_000, '2:30'],
  ])('a span of %d ms is %s', (ms, text) => expect(span(ms)).toBe(text));
});

describe('instants', () => {
  const now = new Date(2026, 10, 23, 14, 14, 0).getTime();

  it('says how long ago in one unit', () => {
    expect(relative(now, now)).toBe('now');
    expect(relative(now - 3_000, now)).toBe('3 s ago');
    expect(relative(now - 150_000, now)).toBe('2 min ago');
    expect(relative(now + 4 * 86_400_000, now)).toBe('in 4 days');
  });

  it('names the day only when it is another one', () => {
    expect(moment(now + 60_000, now)).toBe('14:15');
    expect(moment(now + 86_400_000, now)).toBe('Tue 14:14');
    expect(moment(now - 20 * 86_400_000, now)).toBe('3 Nov 14:14');
  });
});

describe('people and numbers', () => {
  it('writes American numbers nationally and others in groups', () => {
    expect(phone('+15125550143')).toBe('(512) 555-0143');
    expect(phone('+442079460958')).toBe('+44 207 946 0958');
    expect(phone('anonymous')).toBe('anonymous');
  });

  it('falls back to the number when there is no name', () => {
    expect(fullName({ first_name: 'Priya', last_name: 'Raman' })).toBe('Priya Raman');
    expect(fullName({ phone: '+15125550143' })).toBe('(512) 555-0143');
    expect(initials('Tomás de la Ferreira')).toBe('TF');
    expect(initials('(512) 555-0143')).toBe('#');
  });

  it('writes money with its currency and ids as words', () => {
    expect(money(18000, 'USD')).toBe('$18,000');
    expect(words('demo_request')).toBe('Demo request');
  });
});

describe('lines of the server', () => {
  it('become sentences', () => {
    expect(sentence('67, warm_high from 60')).toBe('67, warm-high from 60');
    expect(sentence('consent is on record')).toBe('Consent is on record');
  });

  it('do not repeat the name beside them', () => {
    expect(withoutName('Luis Ortega, Owner at Ortega Solar; did not respond.', 'Luis Ortega')).toBe('Owner at Ortega Solar; did not respond.');
    expect(withoutName('Wants it in May.', 'Luis Ortega')).toBe('Wants it in May.');
  });
});

describe('sound as a picture', () => {
  it('keeps the loudest of each slice', () => {
    expect(squeeze([0, 0.9, 0.1, 0.2], 2)).toEqual([0.9, 0.2]);
    expect(merged([[0.1, 0.5], [0.4]])).toEqual([0.4, 0.5]);
  });

  it('draws bars where they belong', () => {
    expect(barPath([0, 1, 0.5], 28, 1, 2)).toBe('M6 0v28');
  });

  it('puts at most eight round times on the axis', () => {
    expect(ticks(120_000)).toEqual([0, 15_000, 30_000, 45_000, 60_000, 75_000, 90_000, 105_000]);
    expect(ticks(860_000).length).toBeLessThanOrEqual(8);
  });
});

describe('stages', () => {
  it('puts ringing before the first step and the human part after the last', () => {
    expect(stageIndex('ringing')).toBe(-1);
    expect(stageIndex('budget')).toBe(3);
    expect(stageIndex('bridged')).toBe(5);
    expect(stageWord('bridged')).toBe('With a closer');
  });
});
