import { useQueryClient } from '@tanstack/react-query';
import { createContext, createElement, useContext, useEffect, useState, type ReactNode } from 'react';
import { apply } from './reduce';
import { kinds, parseEvent } from './events';

interface Live {
  /** When the stream broke; null while it runs. */
  lostAt: number | null;
}

const LiveContext = createContext<Live>({ lostAt: null });
export const useLive = () => useContext(LiveContext);

/** A break shorter than this is not worth a word. */
const GRACE_MS = 1500;

/** Keeps the caches fresh from the event stream. After a break everything shown is asked for again. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [lostAt, setLostAt] = useState<number | null>(null);
  useEffect(() => {
    const stream = new EventSource('/api/v1/events');
    let brokenAt: number | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onEvent = (message: MessageEvent<string>) => {
      const event = parseEvent(message);
      if (event) apply(client, event);
    };
    for (const kind of kinds) stream.addEventListener(kind, onEvent);
    stream.onmessage = onEvent;
    stream.onopen = () => {
      clearTimeout(timer);
      setLostAt(null);
      if (brokenAt !== null) void client.invalidateQueries();
      brokenAt = null;
    };
    stream.onerror = () => {
      if (brokenAt !== null) return;
      const at = Date.now();
      brokenAt = at;
      timer = setTimeout(() => setLostAt(at), GRACE_MS);
    };
    return () => {
      clearTimeout(timer);
      stream.close();
    };
  }, [client]);
  return createElement(LiveContext.Provider, { value: { lostAt } }, children);
}
