import { span } from '@/ui/format';
import { useNow } from '@/ui/useNow';
import type { Typing } from './useDraft';

/** Kept as they are typed: the head says whether they are safe. */
export function Notes({ typing, rows = 5 }: { typing: Typing; rows?: number }) {
  const { draft, change } = typing;
  return (
    <section className="card pad p-notes">
      <div className="h">
        <h2>
          <label htmlFor="desk-notes">Notes</label>
        </h2>
        <Kept typing={typing} />
      </div>
      <textarea id="desk-notes" className="in" rows={rows} maxLength={4000} value={draft.notes ?? ''} onChange={(event) => change({ notes: event.target.value })} />
    </section>
  );
}

function Kept({ typing: { savedAt, waiting } }: { typing: Typing }) {
  const now = useNow();
  if (waiting) return <span className="end xs bad">Kept on this device, saving again</span>;
  if (savedAt === null) return null;
  return <span className="end xs mut">{now - savedAt < 2000 ? 'Saved' : `Saved ${span(now - savedAt)} ago`}</span>;
}
