/* Times, durations, phones and money as people read them. Pure: the clock comes in as an argument. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const pad = (value: number) => String(value).padStart(2, '0');

/** 127000 -> 2:07, 3727000 -> 1:02:07; never negative. */
export function duration(ms: number): string {
  const total = Math.max(0, Math.floor(ms / SECOND));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(total % 60)}` : `${minutes}:${pad(total % 60)}`;
}

/** 640 -> 0.64 s, 8200 -> 8 s, 60000 -> 60 s, 150000 -> 2:30. */
export function span(ms: number): string {
  if (ms < 10 * SECOND) return `${(ms / SECOND).toFixed(ms < SECOND ? 2 : 1).replace(/\.0$/, '')} s`;
  return ms < 2 * MINUTE ? `${Math.round(ms / SECOND)} s` : duration(ms);
}

export function clock(at: number): string {
  const date = new Date(at);
  return `${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

export function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** "14:27" today, "Tue 14:27" within a week, "12 Nov 14:27" else. */
export function moment(at: number, now: number): string {
  if (sameDay(at, now)) return clock(at);
  const near = Math.abs(at - now) < 6 * DAY;
  const day = new Intl.DateTimeFormat('en-GB', near ? { weekday: 'short' } : { day: 'numeric', month: 'short' }).format(at);
  return `${day} ${clock(at)}`;
}

/** "3 s ago", "2 min ago", "in 4 days". */
export function relative(at: number, now: number): string {
  const gap = Math.abs(now - at);
  const words = gap < 2 * SECOND ? '' : amount(gap);
  if (!words) return 'now';
  return at <= now ? `${words} ago` : `in ${words}`;
}

function amount(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} days`;
}

/** The exact instant, for the hover text. */
export function exact(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' }).format(at);
}

export function today(now: number): string {
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).format(now);
  return `${day.replace(',', '')}, ${clock(now)}`;
}

/** North American numbers nationally, others grouped after their plus sign. */
export function phone(e164: string): string {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164);
  if (american) return `(${american[1]}) ${american[2]}-${american[3]}`;
  const other = /^\+(\d{2})(\d{2,})$/.exec(e164);
  if (!other) return e164;
  return `+${other[1]} ${(other[2] ?? '').replace(/(\d{3})(?=\d{2})/g, '$1 ')}`;
}

export function money(amount: number, currency: string): string {
  try {
    return new Intl.NumberFormat('en-US', { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount);
  } catch {
    return `${amount} ${currency}`;
  }
}

export function fullName(person: { first_name?: string | null; last_name?: string | null; phone?: string | null }): string {
  const name = [person.first_name, person.last_name].filter(Boolean).join(' ');
  return name || (person.phone ? phone(person.phone) : 'Unknown caller');
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((word) => word?.charAt(0).toUpperCase() ?? '').join('') || '#';
}

/** demo_request -> Demo request */
export function words(id: string): string {
  if (id === 'artificial_voice') return 'AI voice';
  const text = id.replace(/[_-]+/g, ' ').replace(/\bai\b/g, 'AI').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What was said, in quotation marks; those within it become single ones. */
export const quote = (text: string) => `\u201c${text.replace(/"([^"]*)"/g, '\u2018$1\u2019')}\u201d`;

/** A line of reasoning as a sentence: ids of buckets become their words. */
export function sentence(text: string): string {
  const plain = text.replace(/warm_(high|low)/g, 'warm-$1');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** A summary beside a name need not begin with it. */
export function withoutName(summary: string, name: string): string {
  return summary.startsWith(name) ? sentence(summary.slice(name.length).replace(/^[,;:\s]+/, '')) : summary;
}
