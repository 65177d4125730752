import type { CallView } from '@/api/callModel';
import { quote } from '@/ui/format';
import { Bar } from '@/ui/parts';
import { bucketClass } from '@/ui/Ring';
import { capital } from '@/ui/ring';

/** The four questions in one line each: the points, and the words they were given for. */
export function PeekAnswers({ call }: { call: CallView }) {
  const open = call.ended_at === null && (call.score ?? 0) < 40;
  return (
    <ul className={`peek-ans ${bucketClass(open ? null : call.bucket)}`} aria-label="Answers">
      {call.parts.map(({ dimension, points, max, status }) => {
        const said = call.answers.find((answer) => !answer.replaced && answer.dimension === dimension)?.evidence;
        const asked = status !== 'not_asked';
        return (
          <li key={dimension}>
            <b className="sm">{capital(dimension)}</b>
            <span className="sm sub ell" title={said ?? undefined}>
              {said ? quote(said) : asked ? 'No answer that counts' : <span className="mut">not asked yet</span>}
            </span>
            <span className="sm num">{asked ? `${points} / ${max}` : <span className="mut">{max}</span>}</span>
            <Bar value={asked ? points : 0} max={max} />
          </li>
        );
      })}
    </ul>
  );
}
