import { describe, expect, it } from 'vitest';
import { arcKind, dashes, ringArcs, ringLabel, type ScorePart } from './ring';

const part = (dimension: string, points: number, max: number, status = 'stated'): ScorePart => ({ dimension, points, max, status });
const four = [part('need', 30, 30), part('timeline', 0, 25, 'none'), part('budget', 0, 25, 'unknown'), part('authority', 0, 20, 'not_asked')];

describe('ring geometry', () => {
  it('gives each dimension an arc as long as its maximum', () => {
    const arcs = ringArcs(four);
    expect(arcs.map((arc) => Math.round(arc.length * 10) / 10)).toEqual([27.8, 22.8, 22.8, 17.8]);
    expect(arcs.map((arc) => Math.round(arc.start * 10) / 10)).toEqual([1.1, 31.1, 56.1, 81.1]);
  });

  it('fills an arc by its points and never beyond its end', () => {
    expect(ringArcs([part('need', 15, 30)])[0]?.fill).toBeCloseTo(97.8 / 2);
    expect(ringArcs([part('need', 60, 30)])[0]?.fill).toBeCloseTo(97.8);
  });

  it('tells an answer worth nothing from one not given and one not asked for', () => {
    expect(four.map(arcKind)).toEqual(['filled', 'zero', 'unknown', 'open']);
    expect(arcKind(part('budget', 5, 25, 'deflected'))).toBe('unknown');
  });

  it('starts at the top and names N T B A clockwise', () => {
    const letters = ringArcs(four).map((arc) => arc.letter);
    expect(letters.map(({ text }) => text).join('')).toBe('NTBA');
    expect(letters[0]).toMatchObject({ x: 113.4, y: 25.2 });
  });

  it('survives a ring without any maximum', () => {
    expect(ringArcs([part('need', 0, 0)])[0]?.fill).toBe(0);
  });

  it('draws a dashed arc that ends where the arc ends', () => {
    const numbers = dashes(22.8, true).split(' ').map(Number);
    expect(numbers.at(-1)).toBe(100);
    const drawn = numbers.slice(0, -1).reduce((sum, value) => sum + value, 0);
    expect(Math.abs(drawn - 22.8)).toBeLessThan(0.5);
  });

  it('says itself in words', () => {
    expect(ringLabel(30, four)).toBe('Score 30: Need 30 of 30, Timeline 0 of 25, Budget no clear answer, 0 of 25, Authority not asked yet');
    expect(ringLabel(null, [])).toBe('Score none yet');
  });
});
