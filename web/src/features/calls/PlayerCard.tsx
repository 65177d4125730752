import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconRotate } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import type { CallView } from '@/api/callModel';
import { Btn } from '@/ui/Btn';
import { duration } from '@/ui/format';
import { ticks } from '@/ui/peaks';
import type { Player } from '@/ui/player';
import { answerMarks, eventMarks, offset, type Mark } from './marks';
import { Seg } from '@/ui/Seg';

const Waveform = lazy(() => import('@/ui/Waveform'));
const rates = [0.75, 1, 1.5, 2];

interface PlayerCardProps {
  call: CallView;
  player: Player;
  channels: number[][];
}

export function PlayerCard({ call, player, channels }: PlayerCardProps) {
  const total = call.recording_ms;
  const firstName = call.name.split(' ')[0];
  return (
    <section className="card player" aria-label="Recording">
      <div className="pl-h">
        <Btn
          tone="pri"
          className="round"
          aria-label={player.playing ? 'Pause' : 'Play'}
          icon={player.playing ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
          onClick={player.toggle}
        />
        <div className="ptime">
          <b>{duration(player.timeMs)}</b>
          <span className="mut"> of {duration(total)}</span>
        </div>
        {player.failed && <span className="sm bad">The recording cannot be played.</span>}
        <span className="end" />
        <Seg
          className="hide-s"
          label="Speed"
          value={String(player.rate)}
          options={rates.map((rate) => ({ value: String(rate), label: rate === 1 ? '1x' : String(rate) }))}
          onChange={(rate) => player.setRate(Number(rate))}
        />
        <Btn small icon={<IconRotate size={16} />} onClick={() => player.seek(player.timeMs - 5000)}>
          Back 5 s
        </Btn>
      </div>
      <div className="chan hide-s" aria-hidden>
        <span>{firstName}</span>
        <span>{call.agent}</span>
      </div>
      <div className="wfwrap" tabIndex={0} role="group" aria-label="Waveform: the prospect above, our side below">
        <Flags marks={answerMarks(call)} total={total} up seek={player.seek} />
        <div className="wfbox">
          <Spans call={call} />
          <Suspense fallback={<div className="wf" />}>
            <Waveform player={player} channels={channels} durationMs={total} />
          </Suspense>
        </div>
        <div className="axis" aria-hidden>
          {ticks(total).map((at) => (
            <span key={at} style={{ left: percent(at, total) }}>
              {duration(at)}
            </span>
          ))}
        </div>
        <Flags marks={eventMarks(call)} total={total} seek={player.seek} />
      </div>
    </section>
  );
}

const percent = (at: number, total: number) => `${total ? Math.min((at / total) * 100, 100) : 0}%`;

function Flags({ marks, total, up, seek }: { marks: Mark[]; total: number; up?: boolean; seek: (ms: number) => void }) {
  return (
    <div className={up ? 'flags up' : 'flags'}>
      {marks.map((mark) => (
        <button key={`${mark.at_ms}${mark.name}`} type="button" style={{ left: percent(mark.shown_ms ?? mark.at_ms, total) }} onClick={() => seek(mark.at_ms)}>
          {mark.name}
        </button>
      ))}
    </div>
  );
}

/** Behind the voices: waiting for a human in grey, talking with one in teal. */
function Spans({ call }: { call: CallView }) {
  const { handoff, recording_ms: total } = call;
  if (!handoff || !total) return null;
  const from = offset(call, handoff.requested_at);
  const joined = handoff.bridged_at === null ? null : offset(call, handoff.bridged_at);
  const left = joined ?? (handoff.ended_at === null ? total : offset(call, handoff.ended_at));
  return (
    <>
      <i className="hold" style={{ left: percent(from, total), width: percent(Math.min(left, total) - from, total) }} />
      {joined !== null && <i className="human" style={{ left: percent(joined, total), right: 0 }} />}
    </>
  );
}
