import type { ReactNode } from 'react';
import type { CallView } from '@/api/callModel';
import { Turns } from '@/features/calls/Turns';
import { duration, phone } from '@/ui/format';
import { useNow } from '@/ui/useNow';

/** The name, the clock, the words as they are said. */
export function LiveTalk({ call, children }: { call: CallView; children?: ReactNode }) {
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
      <Turns call={call} to="you" />
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
