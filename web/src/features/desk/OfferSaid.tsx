import type { LiveOffer } from '@/api/desk';
import { quote } from '@/ui/format';
import { capital } from '@/ui/ring';

/** Three quotes with what they were worth, and what to watch for. */
export function OfferSaid({ offer: { rung, call } }: { offer: LiveOffer }) {
  const { brief } = rung;
  const answers = brief?.answers.slice(0, 3) ?? [];
  const plain = answers.length > 0 ? [] : (brief?.quotes.slice(0, 3) ?? []);
  const silent = answers.length === 0 && plain.length === 0;
  return (
    <div className="two">
      <div className="quotes">
        <h3>In {call.name.split(' ')[0]}&rsquo;s words</h3>
        <ul>
          {answers.map(({ dimension, points, max, quote: said }) => (
            <li key={dimension}>
              <p className="sm">
                <b>{capital(dimension)}</b>{' '}
                <span className="sub">
                  {points} of {max}
                </span>
              </p>
              <blockquote>{quote(said)}</blockquote>
            </li>
          ))}
          {plain.map((said) => (
            <li key={said}>
              <blockquote>{quote(said)}</blockquote>
            </li>
          ))}
          {silent && <li className="sub">{call.last?.speaker === 'prospect' ? quote(call.last.text) : 'Asked for a human before the questions.'}</li>}
        </ul>
      </div>
      {brief && (
        <div className="facts">
          <h3>Watch for</h3>
          <WatchFor groups={[['Objection', brief.objections.map(quote)], ['Competitor', brief.competitors], ['Asked', brief.open_questions.map(quote)]]} />
        </div>
      )}
    </div>
  );
}

function WatchFor({ groups }: { groups: [string, string[]][] }) {
  const known = groups.filter(([, items]) => items.length > 0);
  if (known.length === 0) return <p className="sub watch-none">Nothing in the way so far.</p>;
  return (
    <dl>
      {known.map(([name, items]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {items.map((item) => (
              <b key={item}>{item}</b>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
