/* Geometry of the score ring: one arc per dimension, as long as its maximum, clockwise from the top in the order given. */

export interface ScorePart {
  dimension: string;
  points: number;
  max: number;
  /** stated | none | unknown | deflected | not_asked */
  status: string;
}

export type ArcKind = 'open' | 'unknown' | 'zero' | 'filled';

export interface Arc {
  part: ScorePart;
  kind: ArcKind;
  /** Percent of the circle, from the top. */
  start: number;
  length: number;
  /** Percent of the circle that is filled. */
  fill: number;
  letter: { text: string; x: number; y: number };
}

const GAP = 2.2;
const DASH = 2;
const CENTRE = 60;
const LETTER_RADIUS = 66;

export function arcKind(part: ScorePart): ArcKind {
  if (part.status === 'not_asked') return 'open';
  if (part.status === 'unknown' || part.status === 'deflected') return 'unknown';
  return part.points > 0 ? 'filled' : 'zero';
}

export function ringArcs(parts: ScorePart[]): Arc[] {
  const total = parts.reduce((sum, part) => sum + part.max, 0) || 1;
  let at = 0;
  return parts.map((part) => {
    const share = (part.max / total) * 100;
    const start = at + GAP / 2;
    const length = Math.max(share - GAP, 0);
    const fill = length * Math.min(part.points / (part.max || 1), 1);
    const letter = letterAt(part.dimension, at + share / 2);
    at += share;
    return { part, kind: arcKind(part), start, length, fill, letter };
  });
}

function letterAt(dimension: string, percent: number) {
  const angle = (percent / 100) * 2 * Math.PI;
  return {
    text: dimension.charAt(0).toUpperCase(),
    x: round(CENTRE + LETTER_RADIUS * Math.sin(angle)),
    y: round(CENTRE - LETTER_RADIUS * Math.cos(angle) + 4),
  };
}

/** A stroke-dasharray that draws one arc, solid or as dashes, and nothing after it. */
export function dashes(length: number, dashed: boolean): string {
  if (!dashed) return `${round(length)} 100`;
  const count = Math.max(Math.floor(length / (2 * DASH)), 1);
  const gap = count > 1 ? (length - count * DASH) / (count - 1) : 0;
  const pattern = Array.from({ length: count - 1 }, () => `${DASH} ${round(gap)}`);
  return [...pattern, `${DASH} 100`].join(' ');
}

/** The ring in words, for those who do not see it. */
export function ringLabel(score: number | null, parts: ScorePart[]): string {
  const words = parts.map((part) => {
    const kind = arcKind(part);
    const points = `${part.points} of ${part.max}`;
    const got = kind === 'open' ? 'not asked yet' : kind === 'unknown' ? `no clear answer, ${points}` : points;
    return `${capital(part.dimension)} ${got}`;
  });
  return `Score ${score ?? 'none yet'}${words.length ? `: ${words.join(', ')}` : ''}`;
}

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const round = (value: number) => Math.round(value * 10) / 10;
