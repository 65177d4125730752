import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { Task } from '@/api/tasks';
import { Btn } from '@/ui/Btn';
import { Chips } from '@/ui/Chips';
import { useNow } from '@/ui/useNow';
import { dueOf } from './promises';
import { localInput, soonTimes } from './times';

const reasons = ['They asked for another time', 'No answer', 'I am in a talk', 'Waiting for papers'];

/** A promise is put off only with a reason; the promise itself stays what it was. */
export function Snooze({ task, close, put }: { task: Task; close: () => void; put: (until: number, reason: string) => void }) {
  const now = useNow();
  const [until, setUntil] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const quarter = { label: 'In 15 min', at: now + 15 * 60_000 };
  const times = [quarter, ...soonTimes(now)];
  const ready = until !== null && until > now && reason.trim() !== '';
  return (
    <Modal opened onClose={close} title="Put off" transitionProps={{ duration: 80 }}>
      <form
        className="wrapf flat"
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          put(until, reason.trim());
          close();
        }}
      >
        <div className="field">
          <label htmlFor="sn-at">Until</label>
          <Chips label="Until" options={times.map(({ label }) => ({ value: label, label }))} value={times.find(({ at }) => at === until)?.label ?? null} onChange={(label) => setUntil(times.find((one) => one.label === label)?.at ?? null)} />
          <input id="sn-at" className="in" type="datetime-local" min={localInput(now)} value={until ? localInput(until) : ''} onChange={(event) => setUntil(event.target.value ? new Date(event.target.value).getTime() : null)} />
        </div>
        <div className="field">
          <label htmlFor="sn-why">Why</label>
          <Chips label="Why" options={reasons.map((value) => ({ value, label: value }))} value={reason} onChange={setReason} />
          <input id="sn-why" className="in" maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
        </div>
        {until !== null && until > dueOf(task) && <p className="sm mut">That is later than promised: it will count as a promise that was not kept.</p>}
        <div className="row">
          <Btn tone="pri" type="submit" disabled={!ready}>
            Put off
          </Btn>
          <Btn tone="quiet" type="button" onClick={close}>
            Cancel
          </Btn>
        </div>
      </form>
    </Modal>
  );
}
