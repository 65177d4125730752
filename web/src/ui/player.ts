import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

export interface Player {
  audio: HTMLAudioElement;
  timeMs: number;
  playing: boolean;
  failed: boolean;
  rate: number;
  toggle: () => void;
  seek: (ms: number) => void;
  /** Plays one quote and stops at its end. */
  playQuote: (fromMs: number, toMs: number) => void;
  setRate: (rate: number) => void;
}

/** One audio element for a recording; nothing is downloaded before somebody plays or seeks. */
export function usePlayer(src: string | null): Player {
  const audio = useMemo(() => new Audio(), []);
  const stopAt = useRef<number | null>(null);
  const [timeMs, setTimeMs] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [failed, setFailed] = useState(false);
  const [rate, setRateState] = useState(1);

  useEffect(() => {
    audio.preload = 'metadata';
    if (src) audio.src = src;
    else audio.removeAttribute('src');
    setFailed(false);
    return () => audio.pause();
  }, [audio, src]);

  useEffect(() => listen(audio, stopAt, { setTimeMs, setPlaying, setFailed }), [audio]);

  const play = useCallback(() => void audio.play().catch(() => setPlaying(false)), [audio]);
  const seek = useCallback(
    (ms: number) => {
      stopAt.current = null;
      audio.currentTime = Math.max(0, ms / 1000);
      setTimeMs(Math.max(0, ms));
    },
    [audio],
  );
  const toggle = useCallback(() => {
    stopAt.current = null;
    if (audio.paused) play();
    else audio.pause();
  }, [audio, play]);
  const playQuote = useCallback(
    (fromMs: number, toMs: number) => {
      seek(fromMs);
      stopAt.current = toMs;
      play();
    },
    [play, seek],
  );
  const setRate = useCallback(
    (value: number) => {
      audio.playbackRate = value;
      setRateState(value);
    },
    [audio],
  );
  return { audio, timeMs, playing, failed, rate, toggle, seek, playQuote, setRate };
}

interface Setters {
  setTimeMs: (ms: number) => void;
  setPlaying: (playing: boolean) => void;
  setFailed: (failed: boolean) => void;
}

function listen(audio: HTMLAudioElement, stopAt: { current: number | null }, set: Setters): () => void {
  const off = new AbortController();
  const on = (name: string, run: () => void) => audio.addEventListener(name, run, { signal: off.signal });
  on('timeupdate', () => {
    const ms = audio.currentTime * 1000;
    set.setTimeMs(ms);
    if (stopAt.current === null || ms < stopAt.current) return;
    stopAt.current = null;
    audio.pause();
  });
  on('play', () => set.setPlaying(true));
  on('pause', () => set.setPlaying(false));
  on('ended', () => set.setPlaying(false));
  on('error', () => set.setFailed(audio.hasAttribute('src')));
  return () => off.abort();
}
