import { IconBan, IconClipboardText, IconClock, IconMessage, IconPhone, IconPhoneOff, IconShieldCheck, type Icon } from '@tabler/icons-react';
import { Link } from 'react-router';
import { recordingUrl, usePeaks } from '@/api/calls';
import type { Entry, EntryCall, EntryKind, LeadView } from '@/api/leadModel';
import { BucketBadge } from '@/ui/BucketBadge';
import { clock, duration, quote, sentence } from '@/ui/format';
import { Mini } from '@/ui/Mini';
import { At, Card } from '@/ui/parts';
import { capital } from '@/ui/ring';
import { useNow } from '@/ui/useNow';
import { stepName } from './NextStep';

const icons: Record<EntryKind, Icon> = {
  form: IconClipboardText,
  gate: IconShieldCheck,
  call: IconPhone,
  task: IconClock,
  stop: IconBan,
  note: IconMessage,
};

/** The future above the "now" line, the past below it, newest first. */
export function Timeline({ view, entries }: { view: LeadView; entries: Entry[] }) {
  const now = useNow();
  return (
    <Card title="Timeline" className="tlc">
      <ol className="tl">
        {view.next && (
          <li className="fut">
            <span className="ei">
              <IconClock size={16} stroke={2} aria-hidden />
            </span>
            <div className="grow">
              <div className="row">
                <b>{stepName(view.next)}</b>
                <At at={view.next.due_at} className="end xs mut nowrap" />
              </div>
              {view.next.reason && <p className="sub sm">{sentence(view.next.reason)}</p>}
            </div>
          </li>
        )}
        <li className="nowl">
          <span>Now, {clock(now)}</span>
        </li>
        {entries.map((entry) => (
          <EntryLine key={entry.id} entry={entry} />
        ))}
      </ol>
    </Card>
  );
}

function EntryLine({ entry }: { entry: Entry }) {
  const talked = entry.call !== null && entry.call.answers.length > 0;
  const Icon = entry.kind === 'call' && !talked && !entry.call?.recorded ? IconPhoneOff : icons[entry.kind];
  return (
    <li>
      <span className={talked ? 'ei on' : 'ei'}>
        <Icon size={16} stroke={2} aria-hidden />
      </span>
      <div className="grow">
        <div className="row">
          <b>
            {entry.title}
            {entry.call && entry.call.duration_ms > 0 && `, ${duration(entry.call.duration_ms)}`}
          </b>
          {entry.call && <BucketBadge bucket={entry.call.answers.length ? entry.call.bucket : null} />}
          <At at={entry.at} className="end xs mut nowrap" />
        </div>
        {entry.detail && <p className="sub sm">{sentence(entry.detail)}</p>}
        {entry.quote && <blockquote className="bub">{entry.quote}</blockquote>}
        {entry.call && <CallLines call={entry.call} />}
      </div>
    </li>
  );
}

function CallLines({ call }: { call: EntryCall }) {
  const peaks = usePeaks(call.id, call.recorded);
  return (
    <>
      {peaks.data && <Mini src={recordingUrl(call.id)} channels={peaks.data.channels} durationMs={peaks.data.duration_ms} label="the call" />}
      {call.answers.length > 0 && (
        <ul className="qs">
          {call.answers.map((answer) => (
            <li key={answer.dimension}>
              <b>{capital(answer.dimension)}</b>
              <span>
                {answer.earlier && <s>{quote(answer.earlier)} </s>}
                {answer.evidence ? quote(answer.evidence) : <span className="mut">No answer</span>}
              </span>
              <em>{answer.points}</em>
            </li>
          ))}
        </ul>
      )}
      <Link className="sm" to={`/calls/${call.id}`}>
        Open the call
      </Link>
    </>
  );
}
