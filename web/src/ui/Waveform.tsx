import { useMantineColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import WaveSurfer from 'wavesurfer.js';
import type { Player } from './player';

interface WaveformProps {
  player: Player;
  /** One list of 0..1 for each voice: prospect first, our side second. */
  channels: number[][];
  durationMs: number;
}

const HEIGHT = 84;

/** Both voices, drawn from the server's peaks so that nothing needs decoding. */
export default function Waveform({ player, channels, durationMs }: WaveformProps) {
  const box = useRef<HTMLDivElement>(null);
  const { colorScheme } = useMantineColorScheme();
  const { audio, seek } = player;
  useEffect(() => {
    if (!box.current || durationMs <= 0) return undefined;
    const ink = inks(box.current);
    const wave = WaveSurfer.create({
      container: box.current,
      media: audio,
      peaks: channels,
      duration: durationMs / 1000,
      height: HEIGHT,
      barWidth: 2,
      barGap: 1.5,
      barRadius: 1,
      normalize: false,
      cursorWidth: 2,
      cursorColor: ink('--ink'),
      hideScrollbar: true,
      splitChannels: [
        { waveColor: ink('--wave-prospect'), progressColor: ink('--ink') },
        { waveColor: ink('--wave-ours'), progressColor: ink('--teal') },
      ],
    });
    const off = wave.on('interaction', (seconds: number) => seek(seconds * 1000));
    return () => {
      off();
      wave.destroy();
    };
  }, [audio, seek, channels, durationMs, colorScheme]);
  return <div className="wf" ref={box} />;
}

/** A canvas knows no custom properties: let the browser say what colour a token is now. */
function inks(near: HTMLElement): (token: string) => string {
  return (token) => {
    const probe = document.createElement('i');
    probe.style.color = `var(${token})`;
    near.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
}
