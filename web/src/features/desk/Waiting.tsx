import { IconHeadset, IconPhone, IconPhoneRinging } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { usePresence } from '@/api/closers';
import { useCallbacks, useTaskChange, type Task } from '@/api/tasks';
import type { LiveCloser } from '@/api/wallModel';
import { Btn } from '@/ui/Btn';
import { duration, exact, fullName, moment, phone } from '@/ui/format';
import { presenceWord } from '@/ui/presence';
import { Empty } from '@/ui/states';
import { useNow } from '@/ui/useNow';
import { leftOf, mine, RISK_MS } from './promises';
import { Score } from './Score';

/** No offer, no call: the callback that is due is the one thing; without one, where the closer stands. */
export function Waiting({ closerId, closer }: { closerId: string; closer?: LiveCloser }) {
  const now = useNow();
  const due = mine(useCallbacks().data ?? [], closerId).find((task) => leftOf(task, now).late || leftOf(task, now).ms < RISK_MS);
  if (closer?.presence === 'ringing') {
    return (
      <State icon={<IconPhoneRinging size={32} stroke={1.75} aria-hidden />} title="Your telephone rings">
        Pick up: then the other side is called, and both of you are joined.
      </State>
    );
  }
  if (due) return <DueNow task={due} />;
  if (closer?.presence === 'available') {
    return (
      <State icon={<IconHeadset size={32} stroke={1.75} aria-hidden />} title="You are next in line" on>
        When a lead turns hot on a call, it rings here with the whole story: who it is, what they said, how to begin. <kbd>Enter</kbd> accepts, <kbd>D</kbd> declines.
      </State>
    );
  }
  return <Absent closer={closer} />;
}

function State({ icon, title, children, action, on = false }: { icon: ReactNode; title: string; children: ReactNode; action?: ReactNode; on?: boolean }) {
  return (
    <div className={on ? 'card wait on' : 'card wait'}>
      <Empty icon={icon} title={title} action={action}>
        {children}
      </Empty>
    </div>
  );
}

/** The way back is the biggest thing on the page, with why it is needed. */
function Absent({ closer }: { closer?: LiveCloser }) {
  const change = usePresence();
  const word = presenceWord(closer?.presence ?? 'offline').toLowerCase();
  const missed = closer?.reason && /miss|timeout|no_answer/.test(closer.reason);
  return (
    <State
      icon={<IconHeadset size={32} stroke={1.75} aria-hidden />}
      title={missed ? 'You missed a hot lead and are away now' : `You are ${word}`}
      action={
        closer && (
          <>
            <Btn tone="pri" className="big-act" busy={change.isPending} onClick={() => change.mutate({ id: closer.id, presence: 'available' })}>
              Make me available
            </Btn>
            {change.isError && (
              <p className="note warn" role="alert">
                {change.error.message}
              </p>
            )}
          </>
        )
      }
    >
      Hot leads ring only for closers who are available. Your callbacks stay yours.
    </State>
  );
}

function DueNow({ task }: { task: Task }) {
  const now = useNow();
  const change = useTaskChange();
  const [called, setCalled] = useState(false);
  const lead = task.lead as { first_name?: string; last_name?: string; company?: string; title?: string; phone?: string; score?: number | null; bucket?: string | null };
  const name = fullName(lead);
  const left = leftOf(task, now);
  return (
    <section className="card wait due-now" aria-label="Callback due">
      <p className="sm sub">Call back {left.late ? 'at once' : 'now'}</p>
      <div className="row">
        <Score value={lead.score ?? null} bucket={lead.bucket ?? null} />
        <h1 className="grow ell">
          <Link className="plain" to={`/leads/${task.lead_id}`}>
            {name}
          </Link>
        </h1>
        <span className="due-clock" title={exact(task.due_at)}>
          <b className="bad">{duration(left.ms)}</b> <span className="sm mut">{left.late ? 'late' : 'left'}</span>
        </span>
      </div>
      <p className="sub">{[lead.title, lead.company, lead.phone && phone(lead.phone)].filter(Boolean).join(', ')}</p>
      {task.note && <p>{task.note}</p>}
      <p className="sm mut">Promised for {moment(task.promised_by ?? task.due_at, now)}. Your telephone rings first, then theirs.</p>
      {change.isError && (
        <p className="note warn" role="alert">
          {change.error.message}
        </p>
      )}
      <Btn
        tone="pri"
        className="accept"
        icon={<IconPhone size={20} stroke={1.75} aria-hidden />}
        busy={change.isPending}
        disabled={called && !change.isError}
        onClick={() => {
          setCalled(true);
          change.mutate({ id: task.id, act: 'call' });
        }}
      >
        Call {name.split(' ')[0]} now
      </Btn>
    </section>
  );
}
