import { Menu } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { Problem } from '@/api/client';
import { useOfferAnswer, type LiveOffer } from '@/api/desk';
import { BucketBadge } from '@/ui/BucketBadge';
import { Btn } from '@/ui/Btn';
import { duration, quote, words } from '@/ui/format';
import { causeWord } from '@/ui/outcome';
import { Bar } from '@/ui/parts';
import { bucketClass, Ring } from '@/ui/Ring';
import { capital } from '@/ui/ring';
import { useNow } from '@/ui/useNow';

const reasons = ['In another talk', 'Not my field', 'Back in a minute'];

/** Read in five seconds: who and why, the opener, three quotes, what to watch for. */
export function OfferCard({ offer: { rung, call } }: { offer: LiveOffer }) {
  const now = useNow();
  const answer = useOfferAnswer();
  const [declining, setDeclining] = useState(false);
  const { mutate } = answer;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|BUTTON)$/.test(event.target.tagName)) return;
      if (event.key === 'Enter') mutate({ id: rung.offer_id, accept: true });
      if (event.key === 'Escape') setDeclining(true);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [mutate, rung.offer_id]);
  /* Enter accepts, whatever was clicked last; who is writing goes on writing. */
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!document.activeElement?.matches('textarea, input:not([role="switch"])')) card.current?.querySelector<HTMLButtonElement>('.accept')?.focus();
  }, [rung.offer_id]);
  const { brief } = rung;
  const quotes = brief?.quotes.slice(0, 3) ?? [];
  return (
    <section ref={card} className={`card offer ${bucketClass(call.bucket)}`} aria-label="Offer">
      <header className="oh">
        <BucketBadge bucket={call.bucket} />
        <span className="sm sub ell">{[causeWord(rung.why), call.source && words(call.source).toLowerCase()].filter(Boolean).map((part, at) => (at === 0 ? capital(String(part)) : part)).join(', ')}</span>
        <span className="end cd">
          rings for <b>{duration(now - rung.offered_at)}</b>
        </span>
      </header>
      <div className="who">
        <div className="grow">
          <h1>{call.name}</h1>
          <p className="role">{[call.title, call.company].filter(Boolean).join(', ')}</p>
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
      {(rung.note || rung.from) && (
        <p className="note">
          {rung.from ? `${rung.from} asks you to take over` : 'A colleague asks you to take over'}
          {rung.note ? `: ${quote(rung.note)}` : '.'}
        </p>
      )}
      {brief?.summary && <p className="sumline">{brief.summary}</p>}
      {brief?.opener && (
        <div className="opener">
          <IconBulb size={20} stroke={1.75} aria-hidden />
          <div>
            <span className="lab">Begin with</span>
            <p>{quote(brief.opener)}</p>
          </div>
        </div>
      )}
      <div className="two">
        <div className="quotes">
          <h3>In their words</h3>
          <ul>
            {quotes.map((said) => (
              <li key={said}>
                <blockquote>{quote(said)}</blockquote>
              </li>
            ))}
            {quotes.length === 0 && call.last?.speaker === 'prospect' && <li>{quote(call.last.text)}</li>}
          </ul>
        </div>
        {brief && (
          <div className="facts">
            <h3>Watch for</h3>
            <WatchFor items={[...brief.objections.map(quote), ...brief.competitors.map((name) => `Knows ${name}`), ...brief.open_questions.map((asked) => `Asked: ${asked}`)]} />
          </div>
        )}
      </div>
      {answer.isError && (
        <p className="note warn" role="alert">
          {answer.error instanceof Problem && answer.error.status === 409 ? 'Somebody else was faster.' : answer.error.message}
        </p>
      )}
      <footer className="of">
        <Btn tone="pri" className="accept" busy={answer.isPending && answer.variables.accept} onClick={() => mutate({ id: rung.offer_id, accept: true })}>
          Accept <kbd>Enter</kbd>
        </Btn>
        <Menu opened={declining} onChange={setDeclining} position="top-start" transitionProps={{ duration: 80 }}>
          <Menu.Target>
            <Btn className="decline">
              Decline <kbd>Esc</kbd>
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
        <p className="sm sub">The AI keeps {call.name.split(' ')[0]} company until you are there.</p>
      </footer>
    </section>
  );
}

function WatchFor({ items }: { items: string[] }) {
  if (items.length === 0) return <p className="sub">Nothing in the way so far.</p>;
  return (
    <ul className="watch">
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
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
