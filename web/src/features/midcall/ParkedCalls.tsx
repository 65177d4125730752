import { IconPhoneIncoming } from '@tabler/icons-react';
import { useCallChange, useParked, type Parked } from '@/api/midcall';
import { Btn } from '@/ui/Btn';
import { duration } from '@/ui/format';
import { Card } from '@/ui/parts';
import { useNow } from '@/ui/useNow';
import './midcall.css';

/** Prospects who wait in a slot; any closer may take them before the AI does. Absent while nobody waits. */
export function ParkedCalls() {
  const parked = useParked().data ?? [];
  if (parked.length === 0) return null;
  return (
    <Card title="Parked" count={parked.length} end="the AI comes back in">
      <ul className="list parked">
        {parked.map((one) => (
          <Row key={one.call_id} parked={one} />
        ))}
      </ul>
    </Card>
  );
}

function Row({ parked }: { parked: Parked }) {
  const now = useNow();
  const change = useCallChange(parked.call_id);
  return (
    <li>
      <div className="grow">
        <b className="ell">{parked.name}</b>
        <div className="sm sub ell">{[parked.company, parked.closer_name && `parked by ${parked.closer_name}`].filter(Boolean).join(', ')}</div>
        {change.isError && (
          <span className="xs bad" role="alert">
            {change.error.message}
          </span>
        )}
      </div>
      <div className="num">
        <b>{duration(Math.max(0, parked.until - now))}</b>
        <span className="xs mut">waits {duration(now - parked.parked_at)}</span>
      </div>
      <Btn tone="pri" small icon={<IconPhoneIncoming size={16} aria-hidden />} busy={change.isPending} onClick={() => change.mutate({ act: 'retrieve' })}>
        Retrieve
      </Btn>
    </li>
  );
}
