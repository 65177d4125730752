import { Link } from 'react-router';
import type { Dial, LiveCloser, Promised, Wall } from '@/api/wallModel';
import { duration, exact, moment, words } from '@/ui/format';
import { Avatar, Card } from '@/ui/parts';
import { Presence } from '@/ui/presence';
import { useNow } from '@/ui/useNow';
import { refusalWord } from './Stats';

/** The next few are what can still be watched. */
const DIALS_SHOWN = 8;

export function Side({ wall }: { wall: Wall }) {
  const free = wall.closers.filter(({ presence }) => presence === 'available').length;
  return (
    <aside className="col">
      <Card title="Closers" end={`${free} free of ${wall.closers.length}`}>
        <ul className="list">
          {wall.closers.map((closer) => (
            <CloserLine key={closer.id} closer={closer} />
          ))}
          {wall.closers.length === 0 && <li className="sm mut">Nobody can take a hot lead yet. Add closers under Settings.</li>}
        </ul>
      </Card>
      {wall.promises.length > 0 && (
        <Card title="Promises" count={wall.promises.length}>
          <ul className="list">
            {wall.promises.map((promise) => (
              <PromiseLine key={promise.id} promise={promise} />
            ))}
          </ul>
        </Card>
      )}
      <Card title="Next dials" end={`${wall.dials.length} queued`}>
        <ul className="list sm">
          {wall.dials.slice(0, DIALS_SHOWN).map((dial) => (
            <DialLine key={dial.id} dial={dial} />
          ))}
          {wall.dials.length > DIALS_SHOWN && (
            <li>
              <Link to="/leads?state=deferred">{wall.dials.length - DIALS_SHOWN} more</Link>
            </li>
          )}
          {wall.dials.length === 0 && <li className="mut">Nobody waits to be called.</li>}
        </ul>
      </Card>
    </aside>
  );
}

function CloserLine({ closer }: { closer: LiveCloser }) {
  const now = useNow();
  return (
    <li>
      <Avatar name={closer.name} />
      <div className="grow">
        <div className="b ell">{closer.name}</div>
        <Presence presence={closer.presence} reason={closer.reason} />
      </div>
      <span className="sm b tnum">{duration(now - closer.since)}</span>
    </li>
  );
}

const RISK_MS = 15 * 60_000;
const COUNTDOWN_MS = 3 * 3_600_000;

function PromiseLine({ promise }: { promise: Promised }) {
  const now = useNow();
  const left = promise.due_at - now;
  return (
    <li>
      <div className="grow">
        <Link className="b ell plain" to={`/leads/${promise.lead_id}`}>
          {promise.name}
        </Link>
        <div className="sm sub ell">{promise.closer_name ?? words(promise.kind)}</div>
      </div>
      <span className={`b nowrap tnum ${left < RISK_MS ? 'bad' : ''}`} title={exact(promise.due_at)}>
        {left > COUNTDOWN_MS ? moment(promise.due_at, now) : left > 0 ? `${duration(left)} left` : `${duration(-left)} late`}
      </span>
    </li>
  );
}

function DialLine({ dial }: { dial: Dial }) {
  const now = useNow();
  const left = dial.due_at - now;
  const when = left <= 0 ? 'now' : left < 3_600_000 ? duration(left) : moment(dial.due_at, now);
  return (
    <li>
      <Link className="grow ell plain" to={`/leads/${dial.lead_id}`}>
        {dial.name}
        <span className="mut">{dial.held ? `, ${refusalWord(dial.held)}` : dial.source ? `, ${words(dial.source).toLowerCase()}` : ''}</span>
      </Link>
      <b className="tnum nowrap" title={exact(dial.due_at)}>{when}</b>
    </li>
  );
}
