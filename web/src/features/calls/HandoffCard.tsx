import type { CallView, Handoff } from '@/api/callModel';
import { duration, span, words } from '@/ui/format';
import { causeWord } from '@/ui/outcome';
import { Card } from '@/ui/parts';
import { capital } from '@/ui/ring';
import { offset } from './marks';

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
            note={offerNote(offer.state, offer.why, offer.reason, offer.ended_at && offer.ended_at - offer.offered_at)}
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

function offerNote(state: string, why: string | null, reason: string | null, took: number | null): string {
  const word = state === 'timeout' ? 'No answer' : words(state);
  return [causeWord(why), took ? `${word} after ${span(took)}`.toLowerCase() : word.toLowerCase(), reason === 'callback' ? 'calls back' : reason]
    .filter(Boolean)
    .map((part, at) => (at === 0 ? capital(String(part)) : part))
    .join(', ');
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
