import type { LeadView } from '@/api/leadModel';
import { BucketBadge, verdictOf } from '@/ui/BucketBadge';
import { moment, money, phone, words } from '@/ui/format';
import { Bar, Card, Facts } from '@/ui/parts';
import { bucketClass, Ring } from '@/ui/Ring';
import { capital } from '@/ui/ring';
import { useNow } from '@/ui/useNow';

export function WhoCard({ view }: { view: LeadView }) {
  const { lead } = view;
  const now = useNow();
  const zone = lead.zones.length === 1 ? lead.zones[0] : undefined;
  return (
    <section className="card who-card" aria-label="Who">
      <Facts
        rows={[
          ['Role', lead.title],
          ['Company', lead.company],
          ['Where', zone ? `${localClock(zone, now)} in ${(zone.split('/').at(-1) ?? zone).replace(/_/g, ' ')}` : lead.zones.length ? `One of ${lead.zones.length} time zones` : null],
          ['Phone', <a href={`tel:${lead.phone}`}>{phone(lead.phone)}</a>],
          ['E-mail', lead.email],
          ['Source', words(lead.source)],
          ['Owner', view.owner_name],
        ]}
      />
    </section>
  );
}

function localClock(zone: string, now: number): string {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(now);
  } catch {
    return '';
  }
}

export function ConsentCard({ view }: { view: LeadView }) {
  const now = useNow();
  return (
    <Card title="Consent">
      {view.consents.length === 0 ? (
        <div className="padx">
          <p className="sm sub">None on record. Without it the AI may not call.</p>
        </div>
      ) : (
        <Facts
          rows={view.consents.map((consent) => [
            words(consent.kind),
            <span key={consent.given_at} title={consent.text ?? undefined}>
              {[consent.source && words(consent.source), moment(consent.given_at, now)].filter(Boolean).join(', ')}
              {consent.revoked_at !== null && <span className="bad"> revoked</span>}
            </span>,
          ])}
        />
      )}
    </Card>
  );
}

/** The score, line by line: what was answered and what it is worth. */
export function ScoreCard({ view }: { view: LeadView }) {
  const { lead, parts } = view;
  const verdict = verdictOf(lead);
  const answers = view.answers.filter((answer) => !answer.replaced);
  return (
    <section className={`card ${bucketClass(verdict)}`} aria-label="Score">
      <header className="anh">
        <Ring score={verdict ? lead.score : null} parts={parts} bucket={verdict} size={72} />
        <div>
          <h2>Score</h2>
          <p className="sm sub">{verdict ? 'of 100 points' : 'Not talked yet'}</p>
        </div>
        <span className="end" />
        <BucketBadge bucket={verdict} />
      </header>
      <ul className="sx">
        {answers.map((answer) => (
          <li key={answer.id}>
            <div className="row">
              <b>{capital(answer.dimension)}</b>
              <span className="end b">
                {answer.points}
                <span className="mut light"> / {answer.max}</span>
              </span>
            </div>
            <Bar value={answer.points} max={answer.max} />
            <p className="sub sm">{answer.label}</p>
          </li>
        ))}
        {answers.length === 0 && <li className="sub sm">Four questions make the score: need, timeline, budget and authority.</li>}
      </ul>
    </section>
  );
}

/** What the humans made of it. */
export function DealCard({ view }: { view: LeadView }) {
  const now = useNow();
  const [deal] = view.deals;
  const [rating] = view.ratings;
  if (!deal && !rating) return null;
  const amount = deal?.amount_cents != null ? money(deal.amount_cents / 100, deal.currency) : null;
  return (
    <Card title="Deal" end={deal && words(deal.stage)}>
      {amount && <p className="padx cnt">{amount}</p>}
      <Facts
        rows={[
          ['Closer', deal?.closer_name ?? rating?.closer_name],
          ['Changed', deal && moment(deal.updated_at, now)],
          ['The lead was', rating && `${rating.stars} of 5${rating.reason ? `, ${rating.reason.toLowerCase()}` : ''}`],
        ]}
      />
    </Card>
  );
}
