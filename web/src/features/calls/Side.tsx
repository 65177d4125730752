import type { CallView, Handoff } from '@/api/callModel';
import { buckets } from '@/ui/BucketBadge';
import { duration, quote, span, words } from '@/ui/format';
import { outcomeWord } from '@/ui/outcome';
import { Card, Check } from '@/ui/parts';
import { bucketClass } from '@/ui/Ring';
import { offset } from './marks';

/** Why the call went where it went, line by line. */
export function RouteCard({ call }: { call: CallView }) {
  if (!call.route) return null;
  const first = call.name.split(' ')[0];
  const went: Record<string, string> = { handoff: 'went to a closer', callback: 'gets a callback', reengage: 'is called again later', nurture: 'is left in peace', suppress: 'is never called again' };
  return (
    <Card title={`Why ${first} ${went[call.route.action] ?? 'needs no next step'}`}>
      <div className="padx">
        {call.score !== null && <Thresholds call={call} score={call.score} />}
        {call.route.reasons.map((reason) => (
          <Check key={reason}>{reason}</Check>
        ))}
      </div>
    </Card>
  );
}

function Thresholds({ call, score }: { call: CallView; score: number }) {
  const { warm_low, warm_high, hot } = call.thresholds;
  const edges = [0, warm_low, warm_high, hot, 100];
  const rising = [...buckets].reverse();
  return (
    <div className="thr" role="img" aria-label={`${score} on a scale with hot from ${hot}, warm-high from ${warm_high}, warm-low from ${warm_low}`}>
      <div className="thr-b">
        {rising.map((bucket, at) => (
          <i
            key={bucket}
            className={`${bucketClass(bucket)} ${bucket === call.bucket ? 'on' : ''}`}
            style={{ width: `${(edges[at + 1] ?? 100) - (edges[at] ?? 0)}%` }}
          />
        ))}
        <u style={{ left: `${score}%` }} />
      </div>
      <div className="thr-l">
        {[warm_low, warm_high, hot]
          .filter((edge) => Math.abs(edge - score) > 5)
          .map((edge) => (
            <span key={edge} style={{ left: `${edge}%` }}>
              {edge}
            </span>
          ))}
        <b style={{ left: `${score}%` }}>{score}</b>
      </div>
    </div>
  );
}

/** From the request to two voices, each rung with its time. */
export function HandoffCard({ call }: { call: CallView }) {
  const { handoff } = call;
  if (!handoff) return null;
  const toHuman = handoff.time_to_human_ms;
  return (
    <Card
      title="Handoff"
      end={
        toHuman !== null && (
          <>
            <b className="ink">{span(toHuman)}</b> to a human
          </>
        )
      }
    >
      <ol className="steps">
        <Rung at={duration(offset(call, handoff.requested_at))} name="Asked for a closer" note={handoff.team ? `Team ${handoff.team}` : ''} />
        {handoff.offers.map((offer) => (
          <Rung
            key={offer.id}
            at={duration(offset(call, offer.offered_at))}
            name={`${offer.closer_name} rings`}
            note={offerNote(offer.state, offer.reason, offer.ended_at && offer.ended_at - offer.offered_at)}
            not={offer.state !== 'accepted' && offer.state !== 'ringing'}
          />
        ))}
        {handoff.bridged_at !== null && (
          <Rung at={duration(offset(call, handoff.bridged_at))} name="Both voices heard" note={`${call.agent} left the call`} />
        )}
        {ending(call, handoff)}
      </ol>
    </Card>
  );
}

function offerNote(state: string, reason: string | null, took: number | null): string {
  const word = state === 'timeout' ? 'No answer' : words(state);
  return [took ? `${word} after ${span(took)}` : word, reason].filter(Boolean).join(', ');
}

function ending(call: CallView, handoff: Handoff) {
  if (handoff.state === 'failed') return <Rung at={at(call, handoff.ended_at)} name="Nobody free" note={`${call.agent} came back and booked`} not />;
  if (handoff.ended_at === null) return null;
  return <Rung at={at(call, handoff.ended_at)} name="Call over" note={handoff.reason ? words(handoff.reason) : ''} />;
}

const at = (call: CallView, instant: number | null) => (instant === null ? '' : duration(offset(call, instant)));

function Rung({ at: time, name, note, not }: { at: string; name: string; note?: string; not?: boolean }) {
  return (
    <li className={not ? 'not' : 'done'}>
      <time>{time}</time>
      <span>
        {name}
        {note && <small>{note}</small>}
      </span>
    </li>
  );
}

export function LineCard({ call }: { call: CallView }) {
  const rang = call.answered_at !== null && call.ringing_at !== null ? call.answered_at - call.ringing_at : null;
  return (
    <Card title="The line" end={<b className="ink">{call.answered_at !== null ? 'Answered' : outcomeWord(call.sip_outcome ?? call.outcome)}</b>}>
      <div className="padx">
        {rang !== null && <Check>Rang for {span(rang)}</Check>}
        {call.first_audio_ms !== null && call.first_audio_ms >= 0 && <Check>First word {call.first_audio_ms} ms after the answer</Check>}
        {call.ended_by && <Check>Ended by {endedBy(call)}</Check>}
      </div>
    </Card>
  );
}

function endedBy(call: CallView): string {
  const names: Record<string, string> = { prospect: 'the prospect', us: call.agent, ai: call.agent, closer: call.handoff?.closer_name ?? 'the closer' };
  return names[call.ended_by ?? ''] ?? words(call.ended_by ?? '').toLowerCase();
}

export function BriefCard({ call }: { call: CallView }) {
  const { brief } = call;
  if (!brief || !(brief.opener ?? brief.summary)) return null;
  const lists: [string, string[]][] = [
    ['Objections', brief.objections],
    ['Competitors', brief.competitors],
    ['Still open', brief.open_questions],
  ];
  return (
    <Card title="Brief for the closer">
      <div className="padx brief">
        {brief.summary && <p className="sub">{brief.summary}</p>}
        {brief.opener && <p className="opener-s">{quote(brief.opener)}</p>}
        {lists
          .filter(([, items]) => items.length > 0)
          .map(([name, items]) => (
            <div key={name}>
              <span className="lab">{name}</span>
              <p className="sm">{items.join(', ')}</p>
            </div>
          ))}
      </div>
    </Card>
  );
}

export function RatingCard({ call }: { call: CallView }) {
  const wrapUp = call.handoff?.wrap_up;
  if (!wrapUp) return null;
  const who = call.handoff?.closer_name?.split(' ')[0] ?? 'The closer';
  return (
    <Card title={`${who}\u2019s wrap-up`} end={wrapUp.rating !== null && <><b className="ink">{wrapUp.rating}</b> of 5</>}>
      <div className="padx">
        {wrapUp.disposition && <p className="b">{words(wrapUp.disposition)}</p>}
        {wrapUp.note && <p className="sub">{quote(wrapUp.note)}</p>}
      </div>
    </Card>
  );
}
