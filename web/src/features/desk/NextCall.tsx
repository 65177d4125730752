import type { Draft } from '@/api/wrapUp';
import { Chips } from '@/ui/Chips';
import { useNow } from '@/ui/useNow';
import { localInput, soonTimes } from './times';

/** When the closer has promised to call again: it becomes a callback of theirs. */
export function NextCall({ draft, change }: { draft: Draft; change: (part: Draft) => void }) {
  const now = useNow();
  const soon = soonTimes(now);
  const taken = soon.find(({ at }) => Math.abs(at - (draft.next_at ?? 0)) < 60_000);
  return (
    <div className="field">
      <label htmlFor="wu-at">Promised for</label>
      <Chips
        label="Promised for"
        options={soon.map(({ label }) => ({ value: label, label }))}
        value={taken?.label ?? null}
        onChange={(label) => change({ next_at: soon.find((one) => one.label === label)?.at ?? null })}
      />
      <input
        id="wu-at"
        className="in"
        type="datetime-local"
        value={draft.next_at ? localInput(draft.next_at) : ''}
        min={localInput(now)}
        onChange={(event) => change({ next_at: event.target.value ? new Date(event.target.value).getTime() : null })}
      />
    </div>
  );
}
