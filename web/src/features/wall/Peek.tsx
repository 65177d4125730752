import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { CallView } from '@/api/callModel';
import { useCall } from '@/api/calls';
import { latencies } from '@/features/calls/marks';
import { Turns } from '@/features/calls/Turns';
import { Joining } from '@/features/midcall/Joining';
import { BucketBadge, LiveBadge, verdictOf } from '@/ui/BucketBadge';
import { Btn, LinkBtn } from '@/ui/Btn';
import { duration, span } from '@/ui/format';
import { outcomeWord } from '@/ui/outcome';
import { bucketClass, Ring } from '@/ui/Ring';
import { StageBar } from '@/ui/StageBar';
import { stageWord } from '@/ui/stage';
import { Failure, Loading } from '@/ui/states';
import { useNow } from '@/ui/useNow';
import { PeekAnswers } from './PeekAnswers';
import './peek.css';

interface PeekProps {
  id: string;
  close: () => void;
  go: (step: 1 | -1) => void;
}

/** A look into a live call without leaving the wall: what is said, what it is worth, how fast the AI answers. Esc closes, J and K go on. */
export default function Peek({ id, close, go }: PeekProps) {
  const call = useCall(id);
  const head = useRef<HTMLElement>(null);
  useEffect(() => head.current?.focus({ preventScroll: true }), [id]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('[role="dialog"]')) return;
      if (event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
      if (event.key === 'Escape') close();
      if (event.key === 'j') go(1);
      if (event.key === 'k') go(-1);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [close, go]);
  return (
    <aside className="peek" ref={head} tabIndex={-1} aria-label={call.data ? `Live call with ${call.data.name}` : 'Live call'}>
      <div className="peek-bar">
        <Btn tone="quiet" small icon={<IconChevronUp size={18} />} aria-label="Previous call (K)" title="Previous call (K)" onClick={() => go(-1)} />
        <Btn tone="quiet" small icon={<IconChevronDown size={18} />} aria-label="Next call (J)" title="Next call (J)" onClick={() => go(1)} />
        <span className="end" />
        <LinkBtn small to={`/calls/${id}`}>
          Whole call
        </LinkBtn>
        <Btn tone="quiet" small icon={<IconX size={18} />} aria-label="Close (Esc)" title="Close (Esc)" onClick={close} />
      </div>
      {call.isPending && <Loading lines={3} />}
      {call.isError && !call.data && <Failure what="call" error={call.error} retry={() => void call.refetch()} />}
      {call.data && <Body call={call.data} />}
    </aside>
  );
}

function Body({ call }: { call: CallView }) {
  const first = call.handoff?.closer_name?.split(' ')[0];
  return (
    <>
      <Head call={call} />
      <Joining call={call} />
      <PeekAnswers call={call} />
      <Turns key={call.id} call={call} to={first ?? 'a closer'} />
      <Speed call={call} />
    </>
  );
}

function Head({ call }: { call: CallView }) {
  const now = useNow();
  const over = call.ended_at !== null;
  const stage = over ? 'ended' : call.state === 'talking' ? call.stage || 'opening' : call.state;
  const open = !over && (call.score ?? 0) < 40;
  return (
    <header className={`peek-head ${bucketClass(open ? null : call.bucket)}`}>
      <Ring score={call.score} parts={call.parts} bucket={open ? null : call.bucket} size={88} />
      <div className="grow">
        <div className="row">
          <h2 className="ell">
            <Link className="plain" to={`/leads/${call.lead_id}`}>
              {call.name}
            </Link>
          </h2>
          <time className="t end">{duration((call.ended_at ?? now) - (call.answered_at ?? call.started_at))}</time>
        </div>
        <p className="sub ell">{[call.title, call.company].filter(Boolean).join(', ') || 'No company'}</p>
        <div className="row peek-stage">
          <b className="sm">{over ? outcomeWord(call.outcome) || 'The call is over' : stageWord(stage)}</b>
          <span className="end" />
          {over ? <BucketBadge bucket={verdictOf(call)} /> : <LiveBadge score={call.score} possible={call.possible} bucket={call.bucket} />}
        </div>
        <StageBar stage={stage} />
      </div>
    </header>
  );
}

/** The promise of a turn, measured. */
function Speed({ call }: { call: CallView }) {
  const late = latencies(call);
  return (
    <p className="peek-foot sm mut">
      {late ? (
        <>
          {call.agent} answers in <b className="ink">{span(late.median)}</b> median, {span(late.worst)} worst
        </>
      ) : (
        `How fast ${call.agent} answers is measured with the first answer.`
      )}
    </p>
  );
}
