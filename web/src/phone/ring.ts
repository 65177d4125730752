import { audioContext } from './level';

const TONES_HZ = [440, 480];
const ON_S = 1.2;
const EVERY_MS = 3000;
const LOUDNESS = 0.08;

function ringOnce(): void {
  const context = audioContext();
  const gain = context.createGain();
  const now = context.currentTime;
  gain.connect(context.destination);
  gain.gain.setValueAtTime(0, now);
  gain.gain.linearRampToValueAtTime(LOUDNESS, now + 0.02);
  gain.gain.setValueAtTime(LOUDNESS, now + ON_S - 0.05);
  gain.gain.linearRampToValueAtTime(0, now + ON_S);
  for (const hz of TONES_HZ) {
    const tone = context.createOscillator();
    tone.frequency.value = hz;
    tone.connect(gain);
    tone.start(now);
    tone.stop(now + ON_S);
  }
}

/** Rings until its end is called. */
export function startRinging(): () => void {
  ringOnce();
  const timer = setInterval(ringOnce, EVERY_MS);
  return () => clearInterval(timer);
}
