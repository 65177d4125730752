/* Shapes of sound for the small waveform. */

/** Keeps the loudest of each slice, so that a short word does not vanish when the picture is narrow. */
export function squeeze(peaks: number[], count: number): number[] {
  if (peaks.length <= count) return peaks;
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((at + 1) * peaks.length) / count));
    return peaks.slice(from, to).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  });
}

/** Both voices in one row: the louder of the two. */
export function merged(channels: number[][]): number[] {
  const [first = [], second = []] = channels;
  return Array.from({ length: Math.max(first.length, second.length) }, (_, at) => Math.max(Math.abs(first[at] ?? 0), Math.abs(second[at] ?? 0)));
}

/** An SVG path of the upright bars from..to, in a box of 4 units a bar. */
export function barPath(peaks: number[], height: number, from = 0, to = peaks.length): string {
  return peaks
    .slice(from, to)
    .map((value, at) => {
      const tall = Math.max(2, Math.round(Math.min(value, 1) * height));
      return `M${(from + at) * 4 + 2} ${Math.round((height - tall) / 2)}v${tall}`;
    })
    .join('');
}

/** Times for the axis: at most eight, at round numbers. */
export function ticks(durationMs: number): number[] {
  const steps = [5, 10, 15, 30, 60, 120, 300, 600, 1200].map((seconds) => seconds * 1000);
  const step = steps.find((value) => durationMs / value <= 8) ?? 3_600_000;
  return Array.from({ length: Math.floor(durationMs / step) + 1 }, (_, at) => at * step).filter((at) => at < durationMs * 0.97);
}
