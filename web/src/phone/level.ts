import { useEffect, useRef, type RefObject } from 'react';

let context: AudioContext | null = null;

/** The one audio context of the page; browsers start it after a click. */
export function audioContext(): AudioContext {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
  return context;
}

/** Loudness of a stream, 0 to 1, on a scale on which quiet speech already moves. Returns its reader and its end. */
export function listen(stream: MediaStream): { level: () => number; stop: () => void } {
  const source = audioContext().createMediaStreamSource(stream);
  const analyser = audioContext().createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level: () => {
      analyser.getFloatTimeDomainData(samples);
      return loudness(samples);
    },
    stop: () => source.disconnect(),
  };
}

const FLOOR_DB = -60;

/** -60 dB and below is 0, full scale is 1. */
export function loudness(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < samples.length; at++) sum += (samples[at] ?? 0) ** 2;
  const db = 10 * Math.log10(sum / Math.max(samples.length, 1) + 1e-9);
  return Math.min(Math.max(1 - db / FLOOR_DB, 0), 1);
}

/** Moves an element's --level with the stream, past React: sixty renders a second are not worth a bar. */
export function useLevel<T extends HTMLElement>(stream: MediaStream | null): RefObject<T | null> {
  const element = useRef<T>(null);
  useEffect(() => {
    if (!stream || stream.getAudioTracks().length === 0) return;
    const ear = listen(stream);
    let frame = 0;
    const draw = () => {
      element.current?.style.setProperty('--level', ear.level().toFixed(3));
      frame = requestAnimationFrame(draw);
    };
    draw();
    const shown = element.current;
    return () => {
      cancelAnimationFrame(frame);
      ear.stop();
      shown?.style.setProperty('--level', '0');
    };
  }, [stream]);
  return element;
}
