import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { useLeadSearch } from '@/api/leads';
import { BucketBadge } from '@/ui/BucketBadge';
import { fullName, phone } from '@/ui/format';
import { mayAddLeads, useMe } from './me';
import { useShell } from './shell';
import { goTo } from './useKeys';

interface Entry {
  id: string;
  name: string;
  hint?: string;
  bucket?: string | null;
  run: () => void;
}

/** Who knows the shortcut types on without waiting: the field is there, with the cursor in it, before the next key. */
const atOnce = { duration: 0 };

export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      yOffset="12vh"
      centered={false}
      size="lg"
      title="Search and commands"
      classNames={{ header: 'sr' }}
      transitionProps={atOnce}
    >
      {opened && <PaletteBody onClose={onClose} />}
    </Modal>
  );
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const entries = useEntries(text, onClose);
  const chosen = Math.min(at, entries.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((chosen + step + entries.length) % Math.max(entries.length, 1));
    else if (event.key === 'Enter') entries[chosen]?.run();
    else return;
    event.preventDefault();
  };
  return (
    <div className="palette" onKeyDown={onKeyDown}>
      <input
        ref={field}
        data-autofocus
        value={text}
        onChange={(event) => (setText(event.target.value), setAt(0))}
        placeholder="Name, company, phone, or a place to go"
        aria-label="Search"
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={entries[chosen] ? `palette-${entries[chosen].id}` : undefined}
      />
      <ul id="palette-list" role="listbox" aria-label="Results">
        {entries.map((entry, index) => (
          <li
            key={entry.id}
            id={`palette-${entry.id}`}
            role="option"
            aria-selected={index === chosen}
            onMouseMove={() => setAt(index)}
            onClick={entry.run}
          >
            <span className="grow ell">
              <b>{entry.name}</b> <span className="mut">{entry.hint}</span>
            </span>
            <BucketBadge bucket={entry.bucket} />
          </li>
        ))}
        {entries.length === 0 && <li className="mut">Nothing found for {text}</li>}
      </ul>
    </div>
  );
}

function useEntries(text: string, onClose: () => void): Entry[] {
  const navigate = useNavigate();
  const me = useMe();
  const { openNewLead } = useShell();
  const [slow] = useDebouncedValue(text.trim(), 120);
  const found = useLeadSearch(slow);
  const then = (run: () => void) => () => (onClose(), run());
  const leads = (found.data?.items ?? []).map((lead) => ({
    id: lead.id,
    name: fullName(lead),
    hint: [lead.company, phone(lead.phone)].filter(Boolean).join(', '),
    bucket: lead.bucket,
    run: then(() => navigate(`/leads/${lead.id}`)),
  }));
  const commands: Entry[] = Object.entries(goTo).map(([key, place]) => ({
    id: place.name,
    name: `Go to ${place.name}`,
    hint: `g ${key}`,
    run: then(() => navigate(place.to)),
  }));
  if (mayAddLeads(me)) commands.push({ id: 'new', name: 'New lead', hint: 'n', run: then(openNewLead) });
  return [...leads, ...commands.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()))];
}
