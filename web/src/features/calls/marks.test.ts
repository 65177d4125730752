import { describe, expect, it } from 'vitest';
import { spread, turnAtTime } from './marks';

describe('marks on the waveform', () => {
  it('moves a label right of the one before and leaves its time alone', () => {
    const [need, timeline, late] = spread(
      [
        { at_ms: 48_000, name: 'Timeline 25' },
        { at_ms: 38_000, name: 'Need 30' },
        { at_ms: 150_000, name: 'Budget 25' },
      ],
      210_000,
    );
    expect(need).toMatchObject({ at_ms: 38_000, shown_ms: 38_000 });
    expect(timeline?.at_ms).toBe(48_000);
    expect(timeline?.shown_ms).toBeGreaterThan(50_000);
    expect(late?.shown_ms).toBe(150_000);
  });

  it('keeps the last labels inside the recording', () => {
    const marks = spread([{ at_ms: 92_000, name: 'Dana joined' }, { at_ms: 88_000, name: 'Ringing Dana' }], 100_000);
    expect(marks.map(({ name }) => name)).toEqual(['Ringing Dana', 'Dana joined']);
    expect(marks[1]?.shown_ms).toBeLessThan(92_000);
    expect(marks[0]?.shown_ms).toBeLessThan(marks[1]?.shown_ms ?? 0);
  });

  it('knows which turn sounds at a time', () => {
    const turn = (seq: number, at_ms: number) => ({ seq, at_ms, speaker: 'ai', name: null, topic: null, text: '', end_ms: at_ms, interrupted: false, latency_ms: null, overlap_ms: null });
    expect(turnAtTime([turn(1, 0), turn(2, 5000)], 4999)).toBe(1);
    expect(turnAtTime([turn(1, 100)], 50)).toBeNull();
  });
});
