import type { Brief, BriefAnswer } from './callModel';
import { isRecord, number, text } from './events';

/** The brief as the talk wrote it; lists may hold plain words or objects that carry them. */
export function briefOf(brief: Record<string, unknown>): Brief {
  return {
    answers: answersOf(brief.answers),
    summary: text(brief.summary),
    opener: text(brief.opener),
    quotes: strings(brief.quotes),
    objections: strings(brief.objections),
    competitors: strings(brief.competitors),
    open_questions: strings(brief.open_questions),
  };
}

function strings(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => {
    const word = isRecord(item) ? (text(item.quote) ?? text(item.evidence) ?? text(item.text) ?? text(item.name) ?? text(item.id)) : text(item);
    return word ? [word] : [];
  });
}

/** Need, timeline and the rest in the order of their points: what counts is read first. */
function answersOf(list: unknown): BriefAnswer[] {
  if (!Array.isArray(list)) return [];
  return list
    .flatMap((item: unknown) => {
      if (!isRecord(item)) return [];
      const [dimension, quote, points] = [text(item.id), text(item.quote), number(item.points) ?? 0];
      return dimension && quote && item.status !== 'unknown' ? [{ dimension, quote, points, max: number(item.max) ?? points }] : [];
    })
    .sort((a, b) => b.points - a.points);
}
