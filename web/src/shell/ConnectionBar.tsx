import { useLive } from '@/api/live';
import { duration } from '@/ui/format';
import { useNow } from '@/ui/useNow';

/** Said in a thin bar as long as it lasts; it goes away by itself. */
export function ConnectionBar() {
  const { lostAt } = useLive();
  const now = useNow();
  if (lostAt === null) return null;
  return (
    <div className="lost" role="status">
      Connection lost for {duration(now - lostAt)}. What you see may be old; trying again.
    </div>
  );
}
