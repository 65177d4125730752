import { IconArrowsExchange } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { CallView, Turn } from '@/api/callModel';
import { duration, span } from '@/ui/format';
import { Card } from '@/ui/parts';
import { latencies, offset, tagsOf, turnAtTime, worstOverlap } from './marks';

interface TranscriptProps {
  call: CallView;
  timeMs: number;
  playing: boolean;
  seek: (ms: number) => void;
}

export function Transcript({ call, timeMs, playing, seek }: TranscriptProps) {
  const live = call.ended_at === null;
  const current = timeMs > 0 || playing ? turnAtTime(call.turns, timeMs) : null;
  const late = latencies(call);
  const overlap = worstOverlap(call);
  const joined = call.handoff?.bridged_at ?? null;
  return (
    <Card
      title="Transcript"
      end={
        late && (
          <>
            {call.agent} answers in <b className="sub">{span(late.median)}</b> median, {span(late.worst)} worst
            {overlap > 0 && (
              <>
                , speaks into words for <b className="sub">{span(overlap)}</b> at most
              </>
            )}
          </>
        )
      }
    >
      <ol className="ts" aria-live={live ? 'polite' : undefined}>
        {call.turns.map((turn, index) => {
          const before = call.turns[index - 1];
          const crossing = joined !== null && turn.at_ms >= offset(call, joined) && (!before || before.at_ms < offset(call, joined));
          return (
            <TurnRow key={turn.seq} call={call} turn={turn} current={turn.seq === current} seek={seek}>
              {crossing && <HandoffLine call={call} />}
            </TurnRow>
          );
        })}
        {call.turns.length === 0 && <li className="none mut">{live ? 'Nobody has said a word yet.' : 'Nothing was said on this call.'}</li>}
        {joined !== null && !call.turns.some((turn) => turn.at_ms >= offset(call, joined)) && <HandoffLine call={call} />}
      </ol>
    </Card>
  );
}

interface TurnRowProps {
  call: CallView;
  turn: Turn;
  current: boolean;
  seek: (ms: number) => void;
  children: ReactNode;
}

function TurnRow({ call, turn, current, seek, children }: TurnRowProps) {
  const kind = { ai: 'ai', closer: 'hu' }[turn.speaker] ?? 'p';
  return (
    <>
      {children}
      <li className={current ? `${kind} cur` : kind} aria-current={current || undefined}>
        <button type="button" className="tm" onClick={() => seek(turn.at_ms)} aria-label={`Play from ${duration(turn.at_ms)}`}>
          {duration(turn.at_ms)}
        </button>
        <b className="ell">{speakerName(call, turn)}</b>
        <p onClick={() => seek(turn.at_ms)}>
          {turn.text}
          {turn.interrupted && <span className="mut"> (interrupted)</span>}{' '}
          {tagsOf(call, turn).map((tag) => (
            <span key={tag} className="tag">
              {tag}
            </span>
          ))}
        </p>
        {turn.overlap_ms !== null && (
          <span className="lat" title={`Both spoke for so long, and it was ${call.agent} who began or went on`}>
            {span(turn.overlap_ms)} over
          </span>
        )}
        {turn.latency_ms !== null && (
          <span className="lat" title="From the last word to the first word of the answer">
            {span(turn.latency_ms)}
          </span>
        )}
      </li>
    </>
  );
}

function speakerName(call: CallView, turn: Turn): string {
  if (turn.speaker === 'ai') return call.agent;
  const name = turn.speaker === 'closer' ? (turn.name ?? call.handoff?.closer_name ?? 'Closer') : call.name;
  return name.split(' ')[0] ?? name;
}

function HandoffLine({ call }: { call: CallView }) {
  const { handoff } = call;
  if (!handoff?.bridged_at) return null;
  return (
    <li className="mk">
      <IconArrowsExchange size={16} aria-hidden />
      <span>
        {duration(offset(call, handoff.requested_at))}&ensp;A closer is fetched&ensp;&middot;&ensp;{duration(offset(call, handoff.bridged_at))}&ensp;
        {handoff.closer_name ?? 'A closer'} joins, {call.agent} leaves
      </span>
    </li>
  );
}
