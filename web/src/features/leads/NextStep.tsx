import { IconBan, IconClock, IconPhone } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { LeadView, NextStep as Step } from '@/api/leadModel';
import { duration, exact, moment, relative, sentence } from '@/ui/format';
import { isLiveState, leadStateWord } from '@/ui/outcome';
import { useNow } from '@/ui/useNow';

/** A promise is nearly broken below this. */
const RISK_MS = 15 * 60_000;
const COUNTDOWN_MS = 3 * 3_600_000;

/** The one thing of the page: what happens next with this person, and when. */
export function NextStep({ view }: { view: LeadView }) {
  const { lead, next, suppressed } = view;
  if (suppressed) return <Line icon={<IconBan size={28} stroke={1.75} />} title="Nobody contacts this person again" note={`Asked for on ${exact(suppressed.at)}`} tone="bad" />;
  const live = isLiveState(lead.state);
  if ((live || lead.state === 'human') && lead.last_call_id) {
    return (
      <Line icon={<IconPhone size={28} stroke={1.75} />} title={leadStateWord(lead.state)} note={live ? 'The page follows as the call goes on.' : 'What comes next is theirs to decide.'} tone="on">
        <Link className="btn pri" to={`/calls/${lead.last_call_id}`}>
          {live ? 'Watch the call' : 'Open the call'}
        </Link>
      </Line>
    );
  }
  if (next) return <Due step={next} />;
  return <Line icon={<IconClock size={28} stroke={1.75} />} title={leadStateWord(lead.state)} note="Nothing is planned." />;
}

function Due({ step }: { step: Step }) {
  const now = useNow();
  const left = step.due_at - now;
  const promised = step.kind === 'callback';
  const risk = promised && left < RISK_MS;
  return (
    <Line icon={<IconClock size={28} stroke={1.75} />} title={stepName(step)} due={` by ${moment(step.due_at, now)}`} note={step.reason ? sentence(step.reason) : ''} tone={risk ? 'bad' : undefined}>
      <div className="num" title={exact(step.due_at)}>
        <b className={risk ? 'left bad' : 'left'}>{Math.abs(left) < COUNTDOWN_MS ? duration(Math.abs(left)) : relative(step.due_at, now).replace('in ', '')}</b>
        <span className="xs mut">{left >= 0 ? 'left' : 'late'}</span>
      </div>
    </Line>
  );
}

export function stepName(step: Pick<Step, 'kind' | 'closer_name'>): string {
  const who = step.closer_name ?? 'A closer';
  const names: Record<string, string> = {
    callback: `${who} calls back`,
    reengage: 'The AI gets in touch again',
    nurture: 'Something useful is sent',
    call: 'The AI calls',
    first: 'The AI calls',
    inbound: 'The AI calls',
    retry: 'The AI tries again',
  };
  return names[step.kind] ?? step.kind;
}

interface LineProps {
  icon: ReactNode;
  title: string;
  due?: string;
  note: string;
  tone?: 'bad' | 'on';
  children?: ReactNode;
}

function Line({ icon, title, due, note, tone, children }: LineProps) {
  return (
    <section className="card next" aria-label="Next step">
      <span className={`ni ${tone ?? ''}`} aria-hidden>
        {icon}
      </span>
      <div className="grow">
        <span className="lab">Next step</span>
        <p>
          <b>{title}</b>
          {due}
        </p>
        {note && <span className="sm sub">{note}</span>}
      </div>
      {children}
    </section>
  );
}
