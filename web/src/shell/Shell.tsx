import { useDisclosure } from '@mantine/hooks';
import { useMemo } from 'react';
import { Outlet } from 'react-router';
import { LiveProvider } from '@/api/live';
import type { Session } from '@/api/session';
import { SessionEnded } from '@/features/auth/SessionEnded';
import { NewLead } from '@/features/leads/NewLead';
import { PhoneProvider } from '@/phone/PhoneProvider';
import { ConnectionBar } from './ConnectionBar';
import { MeContext, mayAddLeads } from './me';
import { Palette } from './Palette';
import { Rail } from './Rail';
import { ShellContext } from './shell';
import { Shortcuts } from './Shortcuts';
import { useKeys } from './useKeys';

/** The frame around every page of a signed-in person. */
export function Shell({ me }: { me: Session }) {
  const [palette, setPalette] = useDisclosure();
  const [newLead, setNewLead] = useDisclosure();
  const [shortcuts, setShortcuts] = useDisclosure();
  const actions = useMemo(
    () => ({ openPalette: setPalette.open, openNewLead: setNewLead.open, openShortcuts: setShortcuts.open }),
    [setPalette.open, setNewLead.open, setShortcuts.open],
  );
  useKeys(actions, mayAddLeads(me));
  return (
    <MeContext.Provider value={me}>
      <ShellContext.Provider value={actions}>
        <LiveProvider listening={!me.expired}>
          <a className="skip" href="#main">
            Skip to content
          </a>
          <ConnectionBar />
          <PhoneProvider>
            <div className="app">
              <Rail />
              <Outlet />
            </div>
          </PhoneProvider>
          <Palette opened={palette} onClose={setPalette.close} />
          <NewLead opened={newLead} onClose={setNewLead.close} />
          <SessionEnded me={me} />
          <Shortcuts opened={shortcuts} onClose={setShortcuts.close} />
        </LiveProvider>
      </ShellContext.Provider>
    </MeContext.Provider>
  );
}
