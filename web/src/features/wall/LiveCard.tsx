import { IconPhone } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { LiveCall } from '@/api/wallModel';
import { LiveBadge } from '@/ui/BucketBadge';
import { duration, phone, quote, words } from '@/ui/format';
import { Ring } from '@/ui/Ring';
import { StageBar } from '@/ui/StageBar';
import { stageWord } from '@/ui/stage';
import { useNow } from '@/ui/useNow';
import { callSeconds, shownBucket, stageOf, whoSaid } from './live';
import { peekPath } from './peek';

export function LiveCard({ call }: { call: LiveCall }) {
  const now = useNow();
  const stage = stageOf(call);
  const asked = call.score !== null && call.parts.some((part) => part.status !== 'not_asked');
  return (
    <Link id={`card-${call.id}`} className="card live-card" to={peekPath(call.id)}>
      <div className="row top-a">
        {asked ? <Ring score={call.score} parts={call.parts} bucket={shownBucket(call)} /> : <NoRing />}
        <div className="grow">
          <div className="nm ell">{call.name}</div>
          <div className="sm sub ell">{call.company ?? phone(call.phone)}</div>
        </div>
        <time className="t">{duration(callSeconds(call, now))}</time>
      </div>
      <div className="st">
        <StageBar stage={stage} />
        <div className="row">
          <b className="sm">{stageWord(stage)}</b>
          <span className="end" />
          {asked && <LiveBadge score={call.score} possible={call.possible} bucket={call.bucket} />}
        </div>
      </div>
      <Said call={call} now={now} />
    </Link>
  );
}

function NoRing() {
  return (
    <span className="noring">
      <IconPhone size={20} stroke={1.75} aria-hidden />
    </span>
  );
}

function Said({ call, now }: { call: LiveCall; now: number }) {
  if (call.ended_at !== null) return <p className="said mut">{call.outcome ? words(call.outcome) : 'The call is over.'}</p>;
  if (!call.last) return <p className="said mut">Waiting for an answer. The AI speaks when a person says hello.</p>;
  return (
    <div className="q">
      <p className="said">{quote(call.last.text)}</p>
      <span className="xs mut">{whoSaid(call, now)}</span>
    </div>
  );
}
