import { CopyButton, Popover } from '@mantine/core';
import { IconShare2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useShareCall } from '@/api/calls';
import { Btn } from '@/ui/Btn';
import { Chips } from '@/ui/Chips';
import { moment } from '@/ui/format';
import { useNow } from '@/ui/useNow';

const spans = [
  { value: '24', label: 'A day' },
  { value: '168', label: 'A week' },
  { value: '720', label: '30 days' },
];

/** A link for somebody without an account; it shows and plays this call until it expires. */
export function ShareCall({ callId }: { callId: string }) {
  const [hours, setHours] = useState('168');
  const share = useShareCall(callId);
  const now = useNow();
  const link = share.data ? `${window.location.origin}${share.data.path}` : '';
  return (
    <Popover position="bottom-end" trapFocus onClose={() => share.reset()}>
      <Popover.Target>
        <Btn icon={<IconShare2 size={18} aria-hidden />}>Share</Btn>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="share">
          <p className="sm sub">Whoever has the link may read and hear this call, without number and notes. It is written down that you made it.</p>
          {share.data ? (
            <>
              <input className="in" readOnly aria-label="Link" value={link} onFocus={(event) => event.target.select()} />
              <div className="row">
                <span className="sm mut grow">until {moment(share.data.until, now)}</span>
                <CopyButton value={link}>{({ copied, copy }) => <Btn tone="pri" small onClick={copy}>{copied ? 'Copied' : 'Copy link'}</Btn>}</CopyButton>
              </div>
            </>
          ) : (
            <>
              <Chips label="For how long" options={spans} value={hours} onChange={setHours} />
              <Btn tone="pri" small busy={share.isPending} onClick={() => share.mutate(Number(hours))}>
                Make the link
              </Btn>
            </>
          )}
          {share.isError && (
            <p className="sm bad" role="alert">
              {share.error.message}
            </p>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
