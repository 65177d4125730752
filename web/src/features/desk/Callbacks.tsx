import { Menu } from '@mantine/core';
import { IconDots, IconPhone } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useCallbacks, useTaskChange, type Task } from '@/api/tasks';
import type { LiveCloser } from '@/api/wallModel';
import { Btn } from '@/ui/Btn';
import { duration, exact, fullName, moment } from '@/ui/format';
import { Card } from '@/ui/parts';
import { useNow } from '@/ui/useNow';
import { leftOf, mine } from './promises';
import { Score } from './Score';
import { Snooze } from './Snooze';

const COUNTDOWN_MS = 3 * 3_600_000;

/** What was promised, with its clock; one press calls. */
export function Callbacks({ closerId, closers, behind }: { closerId: string; closers: LiveCloser[]; /** An offer is the one thing now. */ behind: boolean }) {
  const callbacks = useCallbacks();
  const change = useTaskChange();
  const [snoozed, setSnoozed] = useState<Task | null>(null);
  const tasks = mine(callbacks.data ?? [], closerId);
  const colleagues = closers.filter(({ id }) => id !== closerId);
  return (
    <Card title="My callbacks" count={tasks.length} end="by the promised time">
      <ul className="list cbs">
        {tasks.map((task) => (
          <Row
            key={task.id}
            task={task}
            colleagues={colleagues}
            behind={behind}
            calling={change.isPending && change.variables.id === task.id && change.variables.act === 'call'}
            call={() => change.mutate({ id: task.id, act: 'call' })}
            done={() => change.mutate({ id: task.id, act: 'done' })}
            assign={(closer_id) => change.mutate({ id: task.id, act: 'assign', closer_id })}
            snooze={() => setSnoozed(task)}
          />
        ))}
        {tasks.length === 0 && <li className="sm mut">{callbacks.isPending ? 'Loading' : 'Nobody waits for a call from you.'}</li>}
      </ul>
      {change.isError && (
        <p className="note warn" role="alert">
          {change.error.message}
        </p>
      )}
      {snoozed && <Snooze task={snoozed} close={() => setSnoozed(null)} put={(until, reason) => change.mutate({ id: snoozed.id, act: 'snooze', until, reason })} />}
    </Card>
  );
}

interface RowProps {
  task: Task;
  colleagues: LiveCloser[];
  behind: boolean;
  calling: boolean;
  call: () => void;
  done: () => void;
  assign: (closerId: string) => void;
  snooze: () => void;
}

function Row({ task, colleagues, behind, calling, call, done, assign, snooze }: RowProps) {
  const now = useNow();
  const lead = task.lead as { first_name?: string; last_name?: string; company?: string; phone?: string; score?: number | null; bucket?: string | null };
  const name = fullName(lead);
  const left = leftOf(task, now);
  return (
    <li>
      <Score value={lead.score ?? null} bucket={lead.bucket ?? null} />
      <div className="grow">
        <Link className="b ell plain" to={`/leads/${task.lead_id}`}>
          {name}
        </Link>
        <div className="sm sub ell">{[lead.company, task.tries ? `tried ${task.tries}\u00d7` : task.note].filter(Boolean).join(', ')}</div>
        <span className={left.risk ? 'bar thin risk' : 'bar thin'}>
          <i style={{ width: `${left.gone * 100}%` }} />
        </span>
      </div>
      <div className="num left-c" title={exact(task.due_at)}>
        <b className={left.risk ? 'bad' : ''}>{left.ms > COUNTDOWN_MS ? moment(task.due_at, now) : duration(left.ms)}</b>
        <span className="xs mut">{left.late ? 'late' : left.ms > COUNTDOWN_MS ? 'promised' : 'left'}</span>
      </div>
      <Btn tone={left.risk && !behind ? 'pri' : 'plain'} icon={<IconPhone size={18} />} busy={calling} aria-label={`Call ${name}`} onClick={call} />
      <Menu position="bottom-end" transitionProps={{ duration: 80 }}>
        <Menu.Target>
          <Btn tone="quiet" small icon={<IconDots size={18} />} aria-label={`More for ${name}`} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={snooze}>Put off, with a reason</Menu.Item>
          <Menu.Item onClick={done}>Done another way</Menu.Item>
          {colleagues.length > 0 && <Menu.Label>Hand to</Menu.Label>}
          {colleagues.map((closer) => (
            <Menu.Item key={closer.id} onClick={() => assign(closer.id)}>
              {closer.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
