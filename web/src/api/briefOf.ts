import type { Brief } from './callModel';
import { isRecord, text } from './events';

/** The brief as the talk wrote it; lists may hold plain words or objects that carry them. */
export function briefOf(brief: Record<string, unknown>): Brief {
  return {
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
