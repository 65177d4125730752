import type { Metrics } from '@/api/wallModel';
import { duration, span, words } from '@/ui/format';
import { useNow } from '@/ui/useNow';

/** The day in five numbers. */
export function Stats({ metrics: m }: { metrics: Metrics }) {
  const now = useNow();
  return (
    <section className="card stats" aria-label="Today">
      <Stat name="Speed to lead, median" value={m.speed_p50_ms === null ? 'none yet' : span(m.speed_p50_ms)} note={`promised ${span(m.promised_ms)}`} />
      <Stat name="Slowest tenth (p90)" value={m.speed_p90_ms === null ? 'none yet' : span(m.speed_p90_ms)} note={`of ${m.leads_today} leads today`} />
      <Stat name="Hot leads waiting" value={String(m.hot_waiting)} note={waitingNote(m, now)} hot={m.hot_waiting > 0} />
      <Stat name="Callback promises kept" value={m.promises_total ? `${m.promises_kept} of ${m.promises_total}` : 'none yet'} bad={m.at_risk ? `${m.at_risk} at risk` : ''} note={m.at_risk ? '' : 'none at risk'} />
      <Stat name="Held back by the gate" value={String(m.held_total)} note={heldNote(m)} />
    </section>
  );
}

function Stat({ name, value, note, hot, bad }: { name: string; value: string; note: string; hot?: boolean; bad?: string }) {
  return (
    <div className={hot ? 'b-hot' : ''}>
      <span className="lab">{name}</span>
      <b>{value}</b>
      {bad ? <span className="xs bad b">{bad}</span> : <span className="xs mut ell">{note}</span>}
    </div>
  );
}

const reasons: Record<string, string> = {
  hours: 'outside calling hours',
  no_consent: 'no consent',
  suppressed: 'asked not to be called',
  unknown_zone: 'time zone unknown',
  attempt_cap: 'called often enough',
  daily_cap: 'called enough today',
  number: 'no valid number',
};

export const refusalWord = (rule: string) => reasons[rule] ?? words(rule).toLowerCase();

function heldNote({ held }: Metrics): string {
  return held.length ? held.map(({ reason, count }) => `${count} ${refusalWord(reason)}`).join(', ') : 'nobody today';
}

function waitingNote(m: Metrics, now: number): string {
  if (!m.hot_waiting) return 'nobody waits';
  return m.oldest_waiting_at ? `the oldest for ${duration(now - m.oldest_waiting_at)}` : 'for a closer';
}
