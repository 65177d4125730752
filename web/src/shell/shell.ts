import { createContext, useContext } from 'react';

export interface ShellActions {
  openPalette: () => void;
  openNewLead: () => void;
  openShortcuts: () => void;
}

const none = () => undefined;
export const ShellContext = createContext<ShellActions>({ openPalette: none, openNewLead: none, openShortcuts: none });
export const useShell = () => useContext(ShellContext);
