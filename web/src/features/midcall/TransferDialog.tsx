import { Checkbox, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useCallChange } from '@/api/midcall';
import { useWall } from '@/api/wall';
import type { LiveCall } from '@/api/wallModel';
import { useMe } from '@/shell/me';
import { Btn } from '@/ui/Btn';
import { teamsOf, whoCanTake } from './colleagues';

/** A colleague or a team, and what they should know; the prospect has company meanwhile. */
export function TransferDialog({ call, close }: { call: LiveCall; close: () => void }) {
  const me = useMe();
  const closers = useWall().data?.closers ?? [];
  const change = useCallChange(call.id);
  const [note, setNote] = useState('');
  const [blind, setBlind] = useState(false);
  const first = call.name.split(' ')[0] ?? '';
  const send = (to: { closer_id: string } | { queue: string }) =>
    change.mutate({ act: 'transfer', ask_first: !blind, ...(note.trim() ? { note: note.trim() } : {}), ...to }, { onSuccess: close });
  return (
    <Modal opened onClose={close} title={`Hand ${call.name} to a colleague`} size="md">
      <div className="col transfer">
        <Textarea label="For your colleague" description="Beside the brief" value={note} maxLength={400} autosize minRows={2} data-autofocus onChange={(event) => setNote(event.currentTarget.value)} />
        <Checkbox label={`Leave at once: ${first} waits with music until they answer`} checked={blind} onChange={(event) => setBlind(event.currentTarget.checked)} />
        <ul className="list" aria-label="Colleagues">
          {whoCanTake(closers, me.closer_id).map((closer) => (
            <li key={closer.id}>
              <span className="dot on" aria-hidden />
              <span className="grow ell">
                <b>{closer.name}</b> {closer.team && <span className="sub">{closer.team}</span>}
              </span>
              <Btn small busy={change.isPending} onClick={() => send({ closer_id: closer.id })}>
                Ask {closer.name.split(' ')[0]}
              </Btn>
            </li>
          ))}
          {whoCanTake(closers, me.closer_id).length === 0 && <li className="mut">No colleague is free at the moment.</li>}
          {teamsOf(closers, me.closer_id).map((team) => (
            <li key={team}>
              <span className="grow">
                Whoever of <b>{team}</b> is free
              </span>
              <Btn small busy={change.isPending} onClick={() => send({ queue: team })}>
                Ask {team}
              </Btn>
            </li>
          ))}
        </ul>
        {change.isError && (
          <p className="note warn" role="alert">
            {change.error.message}
          </p>
        )}
      </div>
    </Modal>
  );
}
