import { useEffect, useRef } from 'react';
import type { CallView } from '@/api/callModel';
import { LiveBadge, verdictOf, BucketBadge } from '@/ui/BucketBadge';
import { Card } from '@/ui/parts';
import { bucketClass, Ring } from '@/ui/Ring';
import { capital } from '@/ui/ring';

/** What was said so far, and what it was taken for. */
export function LiveTalk({ call }: { call: CallView }) {
  const end = useRef<HTMLLIElement>(null);
  const live = call.ended_at === null;
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [call.turns.length]);
  return (
    <div className="col">
      <Card title="As it is heard" className="live-words">
        <ol className="talk-turns" aria-live="polite">
          {call.turns.map((turn) => (
            <li key={turn.seq} className={turn.speaker === 'prospect' ? 'mine' : 'theirs'}>
              <span className="xs mut">{turn.speaker === 'prospect' ? 'You' : turn.speaker === 'ai' ? call.agent : (call.handoff?.closer_name ?? 'Closer')}</span>
              <p>{turn.text}</p>
            </li>
          ))}
          <li ref={end} className={call.turns.length === 0 ? 'mut' : 'sr'}>
            {call.turns.length === 0 ? 'Listen: the first sentence is on its way.' : ''}
          </li>
        </ol>
      </Card>
      <section className={`card ${bucketClass(call.bucket)}`} aria-label="Score">
        <header className="anh">
          <Ring score={call.score} parts={call.parts} bucket={live && (call.score ?? 0) < 40 ? null : call.bucket} size={72} />
          <h2>What was understood</h2>
          <span className="end" />
          {live ? <LiveBadge score={call.score} possible={call.possible} bucket={call.bucket} /> : <BucketBadge bucket={verdictOf(call)} />}
        </header>
        <ul className="list">
          {call.answers
            .filter((answer) => !answer.replaced)
            .map((answer) => (
              <li key={answer.id} className="row">
                <b>{capital(answer.dimension)}</b>
                <span className="sub ell">{answer.label}</span>
                <span className="end b nowrap">
                  {answer.points}
                  <span className="mut light"> / {answer.max}</span>
                </span>
              </li>
            ))}
        </ul>
      </section>
    </div>
  );
}
