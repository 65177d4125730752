import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { duration } from './format';
import { barPath, merged, squeeze } from './peaks';
import { usePlayer } from './player';

const BARS = 120;

export function PlayButton({ playing = false, label, onClick }: { playing?: boolean; label: string; onClick: () => void }) {
  return (
    <button type="button" className="play" aria-label={`${playing ? 'Pause' : 'Play'}: ${label}`} onClick={onClick}>
      {playing ? <IconPlayerPauseFilled size={12} /> : <IconPlayerPlayFilled size={12} />}
    </button>
  );
}

/** A recording in one line. */
export function Mini({ src, channels, durationMs, label }: { src: string; channels: number[][]; durationMs: number; label: string }) {
  const player = usePlayer(src);
  const bars = squeeze(merged(channels), BARS);
  const done = durationMs ? Math.round((player.timeMs / durationMs) * bars.length) : 0;
  return (
    <div className="mini">
      <PlayButton playing={player.playing} label={label} onClick={player.toggle} />
      <div className="mw" onClick={(event) => player.seek(placeOf(event) * durationMs)}>
        <svg viewBox={`0 0 ${Math.max(bars.length * 4, 4)} 28`} preserveAspectRatio="none" aria-hidden>
          <path className={done ? 'rest' : ''} d={barPath(bars, 28, done)} />
          <path d={barPath(bars, 28, 0, done)} />
        </svg>
      </div>
      <span className="sm mut">{duration(player.timeMs > 0 ? player.timeMs : durationMs)}</span>
    </div>
  );
}

function placeOf(event: MouseEvent<HTMLElement>): number {
  const box = event.currentTarget.getBoundingClientRect();
  return (event.clientX - box.left) / box.width;
}
