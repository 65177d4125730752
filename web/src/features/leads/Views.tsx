import { Popover } from '@mantine/core';
import { IconBookmark, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useDropView, useSaveView, useViews } from '@/api/leads';
import { Btn } from '@/ui/Btn';
import { isFiltered, noFilters, sameFilters, type LeadFilters } from './filters';

/** Filters under a name; one press brings them back. */
export function Views({ filters, change }: { filters: LeadFilters; change: (wanted: Partial<LeadFilters>) => void }) {
  const views = useViews();
  const drop = useDropView();
  const known = views.data ?? [];
  const shown = known.find(({ query }) => sameFilters(filters, query));
  if (known.length === 0 && !isFiltered(filters)) return null;
  return (
    <div className="views" role="group" aria-label="Saved views">
      <button type="button" className="chip" aria-pressed={!isFiltered(filters)} onClick={() => change(noFilters)}>
        All leads
      </button>
      {known.map((view) => (
        <span key={view.id} className="view">
          <button type="button" className="chip" aria-pressed={view === shown} onClick={() => change({ ...noFilters, ...view.query })}>
            {view.name}
          </button>
          {view === shown && (
            <button type="button" className="flag" aria-label={`Remove the view ${view.name}`} onClick={() => drop.mutate(view.id)}>
              <IconX size={14} aria-hidden />
            </button>
          )}
        </span>
      ))}
      {isFiltered(filters) && !shown && <SaveView filters={filters} />}
    </div>
  );
}

function SaveView({ filters }: { filters: LeadFilters }) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const save = useSaveView();
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus>
      <Popover.Target>
        <Btn small tone="quiet" icon={<IconBookmark size={16} aria-hidden />} onClick={() => setOpen(!open)}>
          Save this view
        </Btn>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate({ name: name.trim(), query: filters }, { onSuccess: () => setOpen(false) });
          }}
        >
          <input className="in" aria-label="Name of the view" placeholder="Name" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
          <Btn tone="pri" type="submit" disabled={!name.trim()} busy={save.isPending}>
            Save
          </Btn>
        </form>
        {save.isError && (
          <p className="sm bad" role="alert">
            {save.error.message}
          </p>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
