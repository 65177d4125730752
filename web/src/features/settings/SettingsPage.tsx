import { IconCalendarTime, IconHeadset, IconPhone } from '@tabler/icons-react';
import { useClosers, usePresence } from '@/api/closers';
import type { LiveCloser } from '@/api/wallModel';
import { useState } from 'react';
import { Page } from '@/shell/TopBar';
import { Btn } from '@/ui/Btn';
import { duration } from '@/ui/format';
import { Avatar, Card } from '@/ui/parts';
import { Presence } from '@/ui/presence';
import { Seg } from '@/ui/Seg';
import { Empty, Failure, Loading } from '@/ui/states';
import { useNow } from '@/ui/useNow';
import { Profile } from './Profile';
import { Telephone } from './Telephone';
import './settings.css';

export default function SettingsPage() {
  const closers = useClosers();
  return (
    <Page title="Settings">
      <div className="settings">
        <div>
          <h1 className="hd">Closers</h1>
          <p className="sub">Who takes hot leads. Only those who are available and within their hours are rung: the owner of the lead, then who fits best.</p>
        </div>
        {closers.isPending && <Loading lines={2} />}
        {closers.isError && !closers.data && <Failure what="list of closers" error={closers.error} retry={() => void closers.refetch()} />}
        {closers.data && <CloserList closers={closers.data} />}
      </div>
    </Page>
  );
}

function CloserList({ closers }: { closers: LiveCloser[] }) {
  if (closers.length === 0) {
    return (
      <div className="card">
        <Empty icon={<IconHeadset size={28} stroke={1.75} aria-hidden />} title="No closers yet">
          Without a closer every hot lead is booked for a callback. Closers are added with the API.
        </Empty>
      </div>
    );
  }
  return (
    <Card>
      <ul className="list">
        {closers.map((closer) => (
          <CloserRow key={closer.id} closer={closer} />
        ))}
      </ul>
    </Card>
  );
}

const choices = [
  { value: 'available', label: 'Available' },
  { value: 'away', label: 'Away' },
];

function CloserRow({ closer }: { closer: LiveCloser }) {
  const now = useNow();
  const change = usePresence();
  const [telephone, setTelephone] = useState(false);
  const [profile, setProfile] = useState(false);
  const wanted = change.isPending ? change.variables.presence : closer.presence;
  return (
    <li>
      <Avatar name={closer.name} />
      <div className="grow">
        <div className="b ell">{closer.name}</div>
        <Presence presence={wanted} reason={closer.reason} />
      </div>
      {closer.team && <span className="badge plain hide-s">{closer.team}</span>}
      <span className="sm b since tnum">{duration(now - closer.since)}</span>
      <Seg label={`Presence of ${closer.name}`} value={wanted} options={choices} onChange={(presence) => change.mutate({ id: closer.id, presence })} />
      <Btn tone="quiet" icon={<IconPhone size={18} stroke={1.75} aria-hidden />} aria-label={`SIP telephone of ${closer.name}`} title="SIP telephone" onClick={() => setTelephone(true)} />
      <Btn tone="quiet" icon={<IconCalendarTime size={18} stroke={1.75} aria-hidden />} aria-label={`Hours and fields of ${closer.name}`} title="Hours and fields" onClick={() => setProfile(true)} />
      {profile && <Profile closer={closer} onClose={() => setProfile(false)} />}
      {telephone && <Telephone closer={closer} onClose={() => setTelephone(false)} />}
    </li>
  );
}
