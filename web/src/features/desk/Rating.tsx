import type { Draft } from '@/api/wrapUp';
import { Chips } from '@/ui/Chips';
import { ratingReasons, ratingWords } from './draft';

/** How good was the AI's lead: a number, and why, one tap each. */
export function Rating({ draft, change }: { draft: Draft; change: (part: Draft) => void }) {
  const stars = draft.rating ?? null;
  const rate = (value: number) => change(ratingReasons(value).includes(draft.rating_reason ?? '') ? { rating: value } : { rating: value, rating_reason: undefined });
  return (
    <div>
      <span className="lab">How good was this lead?</span>
      <div className="row">
        <div className="rate" role="radiogroup" aria-label="Rating of the lead">
          {[1, 2, 3, 4, 5].map((value) => (
            <button key={value} type="button" role="radio" aria-checked={stars === value} aria-label={`${value} of 5, ${ratingWords[value]}`} onClick={() => rate(value)}>
              {value}
            </button>
          ))}
        </div>
        <span className="xs mut">{stars ? ratingWords[stars] : ''}</span>
      </div>
      {stars !== null && (
        <Chips label="Why" options={ratingReasons(stars).map((value) => ({ value, label: value }))} value={draft.rating_reason ?? null} onChange={(value) => change({ rating_reason: value })} />
      )}
    </div>
  );
}
