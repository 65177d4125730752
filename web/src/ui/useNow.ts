import { createContext, createElement, useContext, useEffect, useState, type ReactNode } from 'react';

const NowContext = createContext(0);

/** One clock for all counters on the screen, so that they step together. The server's clock may differ: see useSkew. */
export function NowProvider({ children, skew = 0 }: { children: ReactNode; skew?: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return createElement(NowContext.Provider, { value: now + skew }, children);
}

/** Milliseconds since the epoch, renewed every second. */
export const useNow = () => useContext(NowContext);
