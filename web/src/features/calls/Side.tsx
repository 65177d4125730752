import type { CallView } from '@/api/callModel';
import { money, quote, span, words } from '@/ui/format';
import { outcomeWord } from '@/ui/outcome';
import { Card, Check } from '@/ui/parts';

export function LineCard({ call }: { call: CallView }) {
  const rang = call.answered_at !== null && call.ringing_at !== null ? call.answered_at - call.ringing_at : null;
  return (
    <Card title="The line" end={<b className="ink">{call.answered_at !== null ? 'Answered' : outcomeWord(call.sip_outcome ?? call.outcome)}</b>}>
      <div className="padx">
        {rang !== null && <Check>Rang for {span(rang)}</Check>}
        {call.first_audio_ms !== null && call.first_audio_ms >= 0 && <Check>First word {call.first_audio_ms} ms after the answer</Check>}
        {call.ended_by && <Check>Ended by {endedBy(call)}</Check>}
      </div>
    </Card>
  );
}

function endedBy(call: CallView): string {
  const names: Record<string, string> = { person: 'a colleague on this page', prospect: 'the prospect', us: call.agent, ai: call.agent, closer: call.handoff?.closer_name ?? 'the closer' };
  return names[call.ended_by ?? ''] ?? words(call.ended_by ?? '').toLowerCase();
}

export function BriefCard({ call }: { call: CallView }) {
  const { brief } = call;
  if (!brief || !(brief.opener ?? brief.summary)) return null;
  const lists: [string, string[]][] = [
    ['Objections', brief.objections],
    ['Competitors', brief.competitors],
    ['Still open', brief.open_questions],
  ];
  return (
    <Card title="Brief for the closer">
      <div className="padx brief">
        {brief.summary && <p className="sub">{brief.summary}</p>}
        {brief.opener && <p className="opener-s">{quote(brief.opener)}</p>}
        {lists
          .filter(([, items]) => items.length > 0)
          .map(([name, items]) => (
            <div key={name}>
              <span className="lab">{name}</span>
              <p className="sm">{items.join(', ')}</p>
            </div>
          ))}
      </div>
    </Card>
  );
}

export function RatingCard({ call }: { call: CallView }) {
  const wrapUp = call.handoff?.wrap_up;
  if (!wrapUp) return null;
  const who = call.handoff?.closer_name?.split(' ')[0] ?? 'The closer';
  const deal = wrapUp.deal_usd !== null ? `${money(wrapUp.deal_usd, 'USD')} a year` : null;
  return (
    <Card title={`${who}\u2019s wrap-up`} end={wrapUp.rating !== null && <><b className="ink">{wrapUp.rating}</b> of 5{wrapUp.rating_reason && `, ${wrapUp.rating_reason.toLowerCase()}`}</>}>
      <div className="padx">
        {wrapUp.disposition && <p className="b">{[words(wrapUp.disposition), deal].filter(Boolean).join(', ')}</p>}
        {wrapUp.note && <p className="sub">{quote(wrapUp.note)}</p>}
        {wrapUp.next_step && <p className="sm mut">Next: {wrapUp.next_step}</p>}
        {wrapUp.notes && <p className="sm sub notes-p">{wrapUp.notes}</p>}
      </div>
    </Card>
  );
}
