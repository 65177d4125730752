import { createContext, createElement, useContext, useEffect, useState, type ReactNode } from 'react';

const NowContext = createContext(0);

/** One clock for all counters on the screen, so that they step together. */
export function NowProvider({ children }: { children: ReactNode }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return createElement(NowContext.Provider, { value: now }, children);
}

/** Milliseconds since the epoch, renewed every second. */
export const useNow = () => useContext(NowContext);
