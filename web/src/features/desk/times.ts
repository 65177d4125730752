const HOUR = 3_600_000;

/** The value of a datetime-local input for an instant, in this device's zone. */
export function localInput(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function at(base: number, days: number, hour: number): number {
  const date = new Date(base);
  date.setDate(date.getDate() + days);
  date.setHours(hour, 0, 0, 0);
  return date.getTime();
}

/** Next working day at ten: Saturday and Sunday are skipped. */
function workday(now: number): number {
  const date = new Date(now);
  const days = { 5: 3, 6: 2 }[date.getDay()] ?? 1;
  return at(now, days, 10);
}

/** What people promise most, rounded up to the quarter of an hour. */
export function soonTimes(now: number): { label: string; at: number }[] {
  const quarter = 15 * 60_000;
  const round = (instant: number) => Math.ceil(instant / quarter) * quarter;
  return [
    { label: 'In 1 h', at: round(now + HOUR) },
    { label: 'In 2 h', at: round(now + 2 * HOUR) },
    { label: 'Next workday, 10:00', at: workday(now) },
  ];
}
