import { useQueryClient } from '@tanstack/react-query';
import { createContext, createElement, useContext, useEffect, useState, type ReactNode } from 'react';
import { useMe } from '@/shell/me';
import { alertOf } from './alerts';
import { notify } from './notify';
import { apply } from './reduce';
import { sessionKey } from './session';
import { openStream } from './stream';

interface Live {
  /** When the stream broke; null while it runs. */
  lostAt: number | null;
}

const LiveContext = createContext<Live>({ lostAt: null });
export const useLive = () => useContext(LiveContext);

/** Keeps the caches fresh from the event stream. After a break everything shown is asked for again. */
export function LiveProvider({ listening, children }: { /** Somebody is signed in. */ listening: boolean; children: ReactNode }) {
  const client = useQueryClient();
  const me = useMe();
  const [lostAt, setLostAt] = useState<number | null>(null);
  useEffect(() => {
    if (!listening) return setLostAt(null);
    return openStream('/api/v1/events', {
      onEvent: (event) => {
        apply(client, event);
        const alert = alertOf(event, me);
        if (alert) notify(alert);
      },
      onLost: setLostAt,
      onHealed: () => {
        setLostAt(null);
        void client.invalidateQueries();
      },
      onRefused: () => void client.refetchQueries({ queryKey: sessionKey }),
    });
  }, [client, me, listening]);
  return createElement(LiveContext.Provider, { value: { lostAt } }, children);
}
