import type { Unwrapped } from '@/api/wrapUp';
import { Ago, Card } from '@/ui/parts';

/** Talks of the last day that were not wrapped up. */
export function Unfinished({ talks, shown, pick }: { talks: Unwrapped[]; shown: string | null; pick: (id: string) => void }) {
  const others = talks.filter(({ id }) => id !== shown);
  if (others.length === 0) return null;
  return (
    <Card title="To wrap up" count={others.length}>
      <ul className="list">
        {others.map((talk) => (
          <li key={talk.id}>
            <button type="button" className="pick grow" onClick={() => pick(talk.id)}>
              <b className="ell">{talk.name}</b>
              <span className="sm sub ell">{talk.company}</span>
            </button>
            <Ago at={talk.ended_at} className="sm mut nowrap" />
          </li>
        ))}
      </ul>
    </Card>
  );
}
