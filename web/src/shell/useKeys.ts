import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import type { ShellActions } from './shell';

/** The second key after `g`. */
export const goTo: Record<string, { to: string; name: string }> = {
  w: { to: '/wall', name: 'Wall' },
  d: { to: '/desk', name: 'Desk' },
  l: { to: '/leads', name: 'Leads' },
  c: { to: '/calls', name: 'Calls' },
  t: { to: '/talk', name: 'Talk to the AI' },
  s: { to: '/settings', name: 'Settings' },
};

export const SEQUENCE_MS = 1200;

/** Letters are commands unless somebody is writing or a dialog is open. */
export function useKeys(actions: ShellActions, mayAdd: boolean) {
  const navigate = useNavigate();
  const prefixAt = useRef(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        actions.openPalette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      const place = goTo[event.key];
      const afterG = event.timeStamp - prefixAt.current < SEQUENCE_MS && prefixAt.current > 0;
      prefixAt.current = event.key === 'g' ? event.timeStamp : 0;
      if (afterG && place) return void navigate(place.to);
      const command = { n: mayAdd ? actions.openNewLead : undefined, '/': actions.openPalette, '?': actions.openShortcuts }[event.key];
      if (!command) return;
      event.preventDefault();
      command();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [actions, mayAdd, navigate]);
}

export function isWriting(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"]')) return true;
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
