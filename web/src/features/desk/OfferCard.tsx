import { Menu } from '@mantine/core';
import { IconBulb, IconPhone } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Problem } from '@/api/client';
import { useOfferAnswer, type LiveOffer } from '@/api/desk';
import type { LiveCall, Rung } from '@/api/wallModel';
import { BucketBadge } from '@/ui/BucketBadge';
import { Btn } from '@/ui/Btn';
import { duration, phone, quote, withoutName, words } from '@/ui/format';
import { causeWord } from '@/ui/outcome';
import { Bar } from '@/ui/parts';
import { bucketClass, Ring } from '@/ui/Ring';
import { capital } from '@/ui/ring';
import { useNow } from '@/ui/useNow';
import { OfferSaid } from './OfferSaid';
import { useOfferKeys } from './useOfferKeys';

const reasons = ['In another talk', 'Not my field', 'Back in a minute', 'End of my day'];

/** Read in five seconds: who and why, one line, the opener, three quotes, what to watch for. */
export function OfferCard({ offer }: { offer: LiveOffer }) {
  const { rung, call } = offer;
  const answer = useOfferAnswer();
  const [declining, setDeclining] = useState(false);
  const { mutate } = answer;
  const accept = useCallback(() => mutate({ id: rung.offer_id, accept: true }), [mutate, rung.offer_id]);
  useOfferKeys(
    accept,
    useCallback(() => setDeclining(true), []),
  );
  /* Enter accepts, whatever was clicked last; who is writing goes on writing. */
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!document.activeElement?.matches('textarea, input:not([role="switch"])')) card.current?.querySelector<HTMLButtonElement>('.accept')?.focus();
  }, [rung.offer_id]);
  return (
    <section ref={card} className={`card offer ${bucketClass(call.bucket)}`} aria-label="Offer">
      <Head rung={rung} call={call} />
      <Who call={call} />
      {(rung.note || rung.from) && (
        <p className="note">
          {rung.from ? `${rung.from} asks you to take over` : 'A colleague asks you to take over'}
          {rung.note ? `: ${quote(rung.note)}` : '.'}
        </p>
      )}
      {rung.brief?.summary && <p className="sumline">{withoutName(rung.brief.summary, call.name)}</p>}
      {rung.brief?.opener && (
        <div className="opener">
          <IconBulb size={20} stroke={1.75} aria-hidden />
          <div>
            <span className="lab">Open with</span>
            <p>{quote(rung.brief.opener)}</p>
          </div>
        </div>
      )}
      <OfferSaid offer={offer} />
      {answer.isError && (
        <p className="note warn" role="alert">
          {answer.error instanceof Problem && answer.error.status === 409 ? 'Somebody else was faster.' : answer.error.message}
        </p>
      )}
      <footer className="of">
        <Btn tone="pri" className="accept" icon={<IconPhone size={20} stroke={1.75} aria-hidden />} busy={answer.isPending && answer.variables.accept} onClick={accept}>
          Accept <kbd>Enter</kbd>
        </Btn>
        <Menu opened={declining} onChange={setDeclining} position="top-start" transitionProps={{ duration: 80 }}>
          <Menu.Target>
            <Btn className="decline">
              Decline <kbd>D</kbd>
            </Btn>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Why not now?</Menu.Label>
            {reasons.map((reason) => (
              <Menu.Item key={reason} onClick={() => mutate({ id: rung.offer_id, accept: false, reason })}>
                {reason}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <p className="sm sub">The AI keeps {call.name.split(' ')[0]} company until you are there. If you decline, the next closer rings.</p>
      </footer>
    </section>
  );
}

/** How long it still rings, as a clock and as a bar. */
function Head({ rung, call }: { rung: Rung; call: LiveCall }) {
  const now = useNow();
  const rang = Math.max(now - rung.offered_at, 0);
  const left = rung.ring_ms ? Math.max(rung.ring_ms - rang, 0) : null;
  return (
    <>
      {rung.ring_ms && left !== null && (
        <div className="offer-bar" aria-hidden>
          <i style={{ width: `${(left / rung.ring_ms) * 100}%` }} />
        </div>
      )}
      <header className="oh">
        <BucketBadge bucket={call.bucket} />
        <b>Ringing for you</b>
        <span className="sm sub ell hide-s">{causeWord(rung.why)}</span>
        <span className="end cd">
          {left === null ? (
            <>
              rings for <b>{duration(rang)}</b>
            </>
          ) : (
            <>
              <b>{Math.ceil(left / 1000)}</b> s left
            </>
          )}
        </span>
      </header>
    </>
  );
}

function Who({ call }: { call: LiveCall }) {
  const now = useNow();
  return (
    <div className="who">
      <div className="grow">
        <h1>{call.name}</h1>
        <p className="role">
          {call.title && <b>{call.title}</b>}
          {call.title && call.company && ', '}
          {call.company ?? (call.title ? '' : phone(call.phone))}
        </p>
        <p className="sub came">
          {call.source ? words(call.source) : 'Called in'}, on the line for {duration(now - (call.answered_at ?? call.started_at))}
        </p>
      </div>
      <div className="sc">
        <Ring score={call.score} parts={call.parts} bucket={call.bucket} size={164} letters />
        <div className="bars">
          {call.parts.map((part) => (
            <PartBar key={part.dimension} name={capital(part.dimension)} points={part.points} max={part.max} />
          ))}
        </div>
      </div>
    </div>
  );
}

function PartBar({ name, points, max }: { name: string; points: number; max: number }) {
  return (
    <>
      <span>{name}</span>
      <Bar value={points} max={max} />
      <span className="num">
        <b>{points}</b>
        <span className="mut"> / {max}</span>
      </span>
    </>
  );
}
