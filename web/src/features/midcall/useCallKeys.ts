import { useEffect, useRef } from 'react';
import { isWriting, SEQUENCE_MS } from '@/shell/useKeys';

/** Single letters during a call; not while somebody writes, nor after `g`, which leads to a page. */
export function useCallKeys(commands: Record<string, () => void>) {
  const latest = useRef(commands);
  const prefixAt = useRef(-SEQUENCE_MS);
  useEffect(() => {
    latest.current = commands;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isWriting(event.target)) return;
      const afterG = event.timeStamp - prefixAt.current < SEQUENCE_MS;
      prefixAt.current = event.key === 'g' ? event.timeStamp : -SEQUENCE_MS;
      const command = latest.current[event.key.toLowerCase()];
      if (!command || afterG) return;
      event.preventDefault();
      command();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
