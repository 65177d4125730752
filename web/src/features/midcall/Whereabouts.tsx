import type { LiveCall } from '@/api/wallModel';
import { duration } from '@/ui/format';
import { useNow } from '@/ui/useNow';
import { whereabouts } from './controls';

/** One line while the prospect is not with the closer, and until when the AI leaves them there. */
export function Whereabouts({ call }: { call: LiveCall }) {
  const now = useNow();
  const words = whereabouts(call.midcall ?? null, call.name.split(' ')[0] ?? 'The prospect');
  if (!words) return null;
  return (
    <p className="note waits" role="status">
      {words}
      {call.waits_until ? <span className="mut"> The AI comes back in {duration(Math.max(0, call.waits_until - now))}.</span> : null}
    </p>
  );
}
