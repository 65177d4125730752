import { IconRobot } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { CallView, Turn } from '@/api/callModel';
import { duration } from '@/ui/format';
import { Avatar } from '@/ui/parts';
import './turns.css';

interface TurnsProps {
  call: CallView;
  /** To whom the AI handed over: "you" at the desk, the closer's name elsewhere. */
  to: string;
}

/** The words of a call while it goes on. The end stays in sight unless somebody has scrolled back to read. */
export function Turns({ call, to }: TurnsProps) {
  const list = useRef<HTMLOListElement>(null);
  const reading = useRef(false);
  const count = call.turns.length;
  const newest = call.turns.at(-1)?.text;
  useEffect(() => {
    if (!reading.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [count, newest]);
  const bridged = call.handoff?.bridged_at ?? null;
  const began = call.answered_at ?? call.started_at;
  const handed = bridged === null ? -1 : call.turns.findIndex((turn) => turn.at_ms >= bridged - began);
  const onScroll = () => {
    const box = list.current;
    if (box) reading.current = box.scrollHeight - box.scrollTop - box.clientHeight > 48;
  };
  return (
    <ol className="turns" aria-live="polite" ref={list} tabIndex={0} aria-label="What is said" onScroll={onScroll}>
      {call.turns.map((turn, index) => (
        <Line key={turn.seq} call={call} turn={turn} newest={index === count - 1} mark={index === handed ? to : null} />
      ))}
      {bridged !== null && handed < 0 && <Mark at={bridged - began} agent={call.agent} to={to} />}
      {count === 0 && <li className="mark">The words appear here as they are spoken.</li>}
    </ol>
  );
}

const Mark = ({ at, agent, to }: { at: number; agent: string; to: string }) => (
  <li className="mark">
    {agent} handed over to {to} at {duration(at)}
  </li>
);

function Line({ call, turn, newest, mark }: { call: CallView; turn: Turn; newest: boolean; mark: string | null }) {
  const kind = { ai: 'ai', closer: 'mine' }[turn.speaker] ?? 'them';
  const who = turn.speaker === 'closer' ? (turn.name ?? call.handoff?.closer_name ?? 'The closer') : call.name;
  return (
    <>
      {mark !== null && <Mark at={turn.at_ms} agent={call.agent} to={mark} />}
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
