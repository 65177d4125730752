import { useEffect } from 'react';

/** Enter accepts, D or Escape declines; who is writing goes on writing, and Enter on a button presses that button. */
export function useOfferKeys(accept: () => void, decline: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const wanted = offerKey(event.key, event.target instanceof HTMLElement ? event.target : null, event.ctrlKey || event.metaKey || event.altKey);
      if (!wanted) return;
      event.preventDefault();
      if (wanted === 'accept') accept();
      else decline();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [accept, decline]);
}

/** What a key means while an offer rings. */
export function offerKey(key: string, target: HTMLElement | null, held: boolean): 'accept' | 'decline' | null {
  if (held || target?.closest('input, textarea, select, [role="menu"], [role="dialog"], [contenteditable]')) return null;
  if (key === 'Enter') return target?.closest('button, a') ? null : 'accept';
  return key === 'Escape' || key.toLowerCase() === 'd' ? 'decline' : null;
}
