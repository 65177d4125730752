import { IconBulb } from '@tabler/icons-react';
import type { CallView } from '@/api/callModel';
import { BucketBadge } from '@/ui/BucketBadge';
import { quote, withoutName } from '@/ui/format';
import { Bar } from '@/ui/parts';
import { bucketClass, Ring } from '@/ui/Ring';
import { capital } from '@/ui/ring';

/** What the AI learnt, at hand while the closer talks. */
export function CallBrief({ call }: { call: CallView }) {
  const { brief } = call;
  const answers = call.answers.filter((answer) => !answer.replaced && answer.evidence);
  const first = call.name.split(' ')[0] ?? call.name;
  const facts: [string, string[]][] = [
    ['Objection', brief?.objections ?? []],
    ['Competitor', brief?.competitors ?? []],
    ['Asked', brief?.open_questions ?? []],
  ];
  return (
    <section className={`card brief p-brief ${bucketClass(call.bucket)}`} aria-label="Brief">
      <div className="row bh">
        <Ring score={call.score} parts={call.parts} bucket={call.bucket} size={88} />
        <div>
          <BucketBadge bucket={call.bucket} />
          {brief?.summary && <p className="sm sub">{withoutName(brief.summary, call.name)}</p>}
        </div>
      </div>
      <div className="bars">
        {call.parts.map((part) => (
          <BarLine key={part.dimension} name={capital(part.dimension)} points={part.points} max={part.max} />
        ))}
      </div>
      {brief?.opener && (
        <div className="opener s">
          <IconBulb size={16} aria-hidden />
          <p>{quote(brief.opener)}</p>
        </div>
      )}
      {answers.length > 0 && (
        <div>
          <h3>In {first}&rsquo;s words</h3>
          <ul className="bq">
            {answers.map((answer) => (
              <li key={answer.id}>{quote(answer.evidence ?? '')}</li>
            ))}
          </ul>
        </div>
      )}
      <dl className="kv">
        {facts
          .filter(([, items]) => items.length > 0)
          .map(([name, items]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{items.join(', ')}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function BarLine({ name, points, max }: { name: string; points: number; max: number }) {
  return (
    <>
      <span className="sub sm">{name}</span>
      <Bar value={points} max={max} />
      <span className="sm b num">
        {points}
        <span className="mut light"> / {max}</span>
      </span>
    </>
  );
}
