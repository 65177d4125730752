import type { AnsweredBy, CallView } from '@/api/callModel';
import { quote, span } from '@/ui/format';
import { Card, Check } from '@/ui/parts';
import { beepLine, messageLine, seconds, whoWord } from './who';

/** Who picked up the telephone, and what told us. */
export function WhoCard({ call }: { call: CallView }) {
  const found = call.answered_by;
  if (!found) return null;
  const rang = call.answered_at !== null && call.ringing_at !== null ? call.answered_at - call.ringing_at : null;
  return (
    <Card title="Who answered" end={<b className="ink">{whoWord(found.who)}</b>}>
      <div className="padx">
        <Check>{found.phrase ? `${found.why} ${quote(found.phrase)}` : found.why}</Check>
        <Check>{[beepLine(found.tones), rang !== null ? `rang for ${span(rang)}` : null].filter(Boolean).join(', ')}</Check>
        {found.message && <Check>{messageLine(found.message)}</Check>}
        {found.person_at_ms !== null && <Check>A person came {seconds(found.person_at_ms)} after the answer and got the conversation</Check>}
        <p className="sub">{decided(found)}</p>
      </div>
    </Card>
  );
}

function decided({ after_onset_ms, before }: AnsweredBy): string {
  const when = after_onset_ms !== null ? `Decided ${seconds(after_onset_ms)} into the greeting` : 'Decided without a word';
  return before ? `${when}; before that taken for ${whoWord(before).toLowerCase()}.` : `${when}.`;
}
