import { IconPlus, IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Btn } from '@/ui/Btn';
import { mayAddLeads, useMe } from './me';
import { useShell } from './shell';
import { useTitle } from './title';
import { UserMenu } from './UserMenu';

interface TopBarProps {
  title: string;
  /** The page above this one. */
  from?: { to: string; name: string };
  aside?: ReactNode;
}

export function TopBar({ title, from, aside }: TopBarProps) {
  const { openPalette, openNewLead } = useShell();
  const me = useMe();
  return (
    <header className="top">
      <div className="crumb">
        {from && (
          <>
            <Link to={from.to}>{from.name}</Link>
            <span className="sep">/</span>
          </>
        )}
        <span className="title ell">{title}</span>
        {aside && <span className="mut hide-s">/&ensp;{aside}</span>}
      </div>
      <button className="search" onClick={openPalette} aria-label="Search leads, calls, commands">
        <IconSearch size={16} aria-hidden />
        <span>Search leads, calls, commands</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div className="me">
        {mayAddLeads(me) && (
          <>
            <Btn className="hide-s" icon={<IconPlus size={16} />} onClick={openNewLead}>
              New lead
            </Btn>
            <Btn className="show-s" tone="quiet" icon={<IconPlus size={20} />} onClick={openNewLead} aria-label="New lead" />
          </>
        )}
        <UserMenu />
      </div>
    </header>
  );
}

/** What every page is made of: the bar and the body. */
export function Page({ children, className = '', ...bar }: TopBarProps & { children: ReactNode; className?: string }) {
  useTitle(bar.title);
  return (
    <div className={`main ${className}`}>
      <TopBar {...bar} />
      <main className="page" id="main">
        {children}
      </main>
    </div>
  );
}
