import { IconCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useDay } from '@/api/tasks';
import { clock, money, span, today, words } from '@/ui/format';
import { Card } from '@/ui/parts';
import { useNow } from '@/ui/useNow';

/** The closer's numbers of today, and the talks just before. */
export function MyDay({ closerId }: { closerId: string }) {
  const day = useDay(closerId).data;
  const now = useNow();
  if (!day) return null;
  const won = { 0: 'won today', 1: 'won, 1 deal' }[day.deals_won] ?? `won, ${day.deals_won} deals`;
  return (
    <>
      <Card title="My day" end={today(now).split(',')[0]}>
        <div className="day">
          <Fact value={ofAll(day.taken, day.offers)} name="hot leads taken" />
          <Fact value={day.answer_p50_ms === null ? 'none yet' : span(day.answer_p50_ms)} name="to answer, median" />
          <Fact value={ofAll(day.callbacks_kept, day.callbacks_total)} name="callbacks kept" />
          <Fact value={money(day.won_cents / 100, 'USD')} name={won} />
        </div>
      </Card>
      {day.before.length > 0 && (
        <Card title="Just before">
          <ul className="list sm">
            {day.before.map((talk) => (
              <li key={talk.call_id}>
                <IconCheck size={16} className={talk.disposition ? 'ok' : 'mut'} aria-hidden />
                <Link className="grow ell plain" to={`/calls/${talk.call_id}`}>
                  {talk.name}
                  {talk.disposition && talk.disposition !== 'skipped' && `, ${words(talk.disposition).toLowerCase()}`}
                </Link>
                <span className="mut tnum">{clock(talk.ended_at)}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

const ofAll = (some: number, all: number) => (all === 0 ? 'none yet' : `${some} of ${all}`);

const Fact = ({ value, name }: { value: string; name: string }) => (
  <div>
    <b>{value}</b>
    <span>{name}</span>
  </div>
);
