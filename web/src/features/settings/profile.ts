import type { Api } from '@/api/types';

/* A closer's profile as a form: lists as text, a week as seven rows. Pure. */

export type Profile = Api['CloserProfile'];

export const days = [
  ['mon', 'Monday'],
  ['tue', 'Tuesday'],
  ['wed', 'Wednesday'],
  ['thu', 'Thursday'],
  ['fri', 'Friday'],
  ['sat', 'Saturday'],
  ['sun', 'Sunday'],
] as const;

export interface ProfileForm {
  languages: string;
  segments: string;
  territories: string;
  talks: string;
  zone: string;
  /** Null: a free day. */
  week: Record<string, [string, string] | null>;
  /** Works whenever they say that they are there. */
  always: boolean;
}

const commas = (list: string[] | undefined) => (list ?? []).join(', ');
export const listOf = (text: string) => [...new Set(text.split(',').map((word) => word.trim()).filter(Boolean))];

export function formOf(profile: Profile | null | undefined, ownZone: string): ProfileForm {
  const hours = profile?.hours as { zone?: string; week?: Record<string, [string, string]> } | null | undefined;
  const week = Object.fromEntries(days.map(([id], at) => [id, hours ? (hours.week?.[id] ?? null) : at < 5 ? (['09:00', '17:00'] as [string, string]) : null]));
  return {
    languages: commas(profile?.languages),
    segments: commas(profile?.segments),
    territories: commas(profile?.territories),
    talks: profile?.talks_a_day ? String(profile.talks_a_day) : '',
    zone: hours?.zone ?? ownZone,
    week,
    always: !hours,
  };
}

export function profileOf(form: ProfileForm): Profile {
  const week = Object.fromEntries(Object.entries(form.week).filter(([, span]) => span !== null));
  return {
    languages: listOf(form.languages),
    segments: listOf(form.segments),
    territories: listOf(form.territories),
    talks_a_day: Number(form.talks) || 0,
    hours: form.always ? null : { zone: form.zone, week },
  };
}
