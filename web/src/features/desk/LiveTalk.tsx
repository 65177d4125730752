import { IconRobot } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import type { CallView, Turn } from '@/api/callModel';
import { duration, phone } from '@/ui/format';
import { Avatar } from '@/ui/parts';
import { useNow } from '@/ui/useNow';

/** The name, the clock, the words as they are said; the newest is the largest. */
export function LiveTalk({ call, children }: { call: CallView; children?: ReactNode }) {
  const list = useRef<HTMLOListElement>(null);
  const count = call.turns.length;
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [count]);
  const bridged = call.handoff?.bridged_at ?? null;
  const began = call.answered_at ?? call.started_at;
  const handed = bridged === null ? -1 : call.turns.findIndex((turn) => turn.at_ms >= bridged - began);
  return (
    <section className="card talk p-talk">
      <header className="th">
        <div className="grow">
          <h1>{call.name}</h1>
          <p className="sub">
            {[call.title, call.company].filter(Boolean).join(', ')}
            <span className="tel"> {phone(call.phone)}</span>
          </p>
        </div>
        <Clock call={call} />
      </header>
      <ol className="turns" aria-live="polite" ref={list} tabIndex={0} aria-label="What is said">
        {call.turns.map((turn, index) => (
          <Line key={turn.seq} call={call} turn={turn} newest={index === count - 1} handedNow={index === handed} />
        ))}
        {bridged !== null && handed < 0 && <Mark at={bridged - began} agent={call.agent} />}
        {count === 0 && <li className="mark">The words appear here as they are spoken.</li>}
      </ol>
      {children}
    </section>
  );
}

function Clock({ call }: { call: CallView }) {
  const now = useNow();
  const began = call.answered_at ?? call.started_at;
  const end = call.ended_at ?? now;
  const mine = call.handoff?.bridged_at ?? began;
  return (
    <div className="num">
      <time className="big-t">{duration(end - mine)}</time>
      {mine !== began && <div className="xs mut">with you, {duration(end - began)} in all</div>}
    </div>
  );
}

const Mark = ({ at, agent }: { at: number; agent: string }) => (
  <li className="mark">
    {agent} handed over to you at {duration(at)}
  </li>
);

function Line({ call, turn, newest, handedNow }: { call: CallView; turn: Turn; newest: boolean; handedNow: boolean }) {
  const kind = { ai: 'ai', closer: 'mine' }[turn.speaker] ?? 'them';
  const who = turn.speaker === 'closer' ? (turn.name ?? call.handoff?.closer_name ?? 'You') : call.name;
  return (
    <>
      {handedNow && <Mark at={turn.at_ms} agent={call.agent} />}
      <li className={newest ? `${kind} live` : kind}>
        {turn.speaker === 'ai' ? (
          <span className="av s ai" role="img" aria-label={call.agent}>
            <IconRobot size={16} aria-hidden />
          </span>
        ) : (
          <Avatar name={who} small />
        )}
        <p className="grow">{turn.text}</p>
        <time className="xs mut">{duration(turn.at_ms)}</time>
      </li>
    </>
  );
}
