import { usePresence } from '@/api/closers';
import type { LiveCloser } from '@/api/wallModel';
import { duration } from '@/ui/format';
import { Card } from '@/ui/parts';
import { Presence } from '@/ui/presence';
import { Seg } from '@/ui/Seg';
import { useNow } from '@/ui/useNow';
import { Notices } from './Notices';

const choices = [
  { value: 'available', label: 'Available' },
  { value: 'away', label: 'Away' },
];

export function MyPresence({ closer }: { closer: LiveCloser }) {
  const now = useNow();
  const change = usePresence();
  const shown = change.isPending ? change.variables.presence : closer.presence;
  return (
    <Card title="You are" end={duration(now - closer.since)}>
      <div className="padx row wrap">
        <Presence presence={shown} reason={closer.reason} />
        <span className="end" />
        <Seg label="Your presence" value={shown} options={choices} onChange={(presence) => change.mutate({ id: closer.id, presence })} />
      </div>
      <Notices />
      {change.isError && (
        <p className="note warn padx" role="alert">
          {change.error.message}
        </p>
      )}
    </Card>
  );
}
