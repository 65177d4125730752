import { Fragment } from 'react';
import { Link } from 'react-router';
import type { LiveCall, Rung } from '@/api/wallModel';
import { LiveBadge } from '@/ui/BucketBadge';
import { duration, quote, words } from '@/ui/format';
import { Bar } from '@/ui/parts';
import { bucketClass, Ring } from '@/ui/Ring';
import { capital } from '@/ui/ring';
import { StageBar } from '@/ui/StageBar';
import { stageWord } from '@/ui/stage';
import { useNow } from '@/ui/useNow';
import { callSeconds, shownBucket, stageOf, whoSaid } from './live';
import { peekPath } from './peek';

/** The call that matters most now: everything about it in one look. */
export function HeroCard({ call }: { call: LiveCall }) {
  const now = useNow();
  const bucket = shownBucket(call);
  return (
    <Link id={`card-${call.id}`} className={`card hero ${bucketClass(bucket)}`} to={peekPath(call.id)}>
      <Ring score={call.score} parts={call.parts} bucket={bucket} size={164} letters />
      <div className="grow hx">
        <div className="row wrap">
          <LiveBadge score={call.score} possible={call.possible} bucket={call.bucket} />
          {call.source && <span className="sm sub">{words(call.source)}</span>}
        </div>
        <h2 className="big ell">{call.name}</h2>
        <p className="sub ell">{[call.title, call.company].filter(Boolean).join(', ')}</p>
        {call.last && (
          <>
            <p className="said">{quote(call.last.text)}</p>
            <span className="xs mut">{whoSaid(call, now)}</span>
          </>
        )}
      </div>
      <div className="hand">
        <time className="t">{duration(callSeconds(call, now))}</time>
        {call.ladder.length > 0 || call.closer_name ? <Ladder call={call} now={now} /> : <Points call={call} />}
      </div>
      <div className="hst">
        <StageBar stage={stageOf(call)} />
        <div className="row sm">
          <b>{stageWord(stageOf(call))}</b>
          <span className="mut">{whatHappens(call)}</span>
        </div>
      </div>
    </Link>
  );
}

function Ladder({ call, now }: { call: LiveCall; now: number }) {
  const rungs = [...call.ladder].sort((a, b) => a.offered_at - b.offered_at);
  return (
    <>
      <div className="lab">{call.state === 'bridged' ? 'Talking with' : 'Handing over to'}</div>
      <ol className="ladder">
        {call.state === 'bridged' && call.closer_name ? (
          <li className="now">
            <span className="dot call" />
            <b>{call.closer_name}</b>
          </li>
        ) : (
          rungs.map((rung) => <RungLine key={rung.offer_id} rung={rung} now={now} />)
        )}
      </ol>
    </>
  );
}

function RungLine({ rung, now }: { rung: Rung; now: number }) {
  const live = rung.state === 'ringing' || rung.state === 'accepted';
  return (
    <li className={live ? 'now' : ''}>
      <span className={live ? 'dot ring' : 'dot'} />
      <b className="ell">{rung.closer_name}</b>
      <span className="end nowrap">{rung.state === 'ringing' ? duration(now - rung.offered_at) : words(rung.state)}</span>
    </li>
  );
}

function Points({ call }: { call: LiveCall }) {
  return (
    <div className="bars points">
      {call.parts.map(({ dimension, points, max, status }) => (
        <Fragment key={dimension}>
          <span className="sm">{capital(dimension)}</span>
          <Bar value={points} max={max} />
          <span className="sm num">{status === 'not_asked' ? <span className="mut">open</span> : `${points} / ${max}`}</span>
        </Fragment>
      ))}
    </div>
  );
}

function whatHappens(call: LiveCall): string {
  const first = call.name.split(' ')[0] ?? '';
  if (call.state === 'handoff') return `The AI is keeping ${first} company`;
  if (call.state === 'bridged') return 'The AI has left the call';
  return call.objection ? `Objection: ${words(call.objection).toLowerCase()}` : '';
}
