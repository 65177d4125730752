import { describe, expect, it } from 'vitest';
import { formOf, listOf, profileOf } from './profile';

describe('a profile', () => {
  it('comes back as it went in', () => {
    const profile = { languages: ['en', 'es'], segments: ['enterprise'], territories: [], talks_a_day: 8, hours: { zone: 'America/New_York', week: { mon: ['09:00', '17:00'] } } };
    expect(profileOf(formOf(profile, 'UTC'))).toEqual(profile);
  });
  it('without hours works always, and offers a common week to begin with', () => {
    const form = formOf(null, 'Europe/Berlin');
    expect(profileOf(form)).toMatchObject({ hours: null, talks_a_day: 0 });
    expect(profileOf({ ...form, always: false }).hours).toMatchObject({ zone: 'Europe/Berlin', week: { fri: ['09:00', '17:00'] } });
    expect(form.week.sat).toBeNull();
  });
  it('takes words apart at commas, each once', () => {
    expect(listOf(' en, es ,, en')).toEqual(['en', 'es']);
  });
});
