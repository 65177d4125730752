import { IconHeadset } from '@tabler/icons-react';
import { Link } from 'react-router';
import { usePresence } from '@/api/closers';
import { callOfCloser, offerFor } from '@/api/desk';
import { useWall } from '@/api/wall';
import type { LiveCall, LiveCloser, Wall } from '@/api/wallModel';
import { useMe } from '@/shell/me';
import { Page } from '@/shell/TopBar';
import { duration } from '@/ui/format';
import { Card } from '@/ui/parts';
import { Presence, presenceWord } from '@/ui/presence';
import { Seg } from '@/ui/Seg';
import { Empty, Failure, Loading } from '@/ui/states';
import { useNow } from '@/ui/useNow';
import { OfferCard } from './OfferCard';
import './desk.css';

/** Always exactly one thing: the offer, or the call, or waiting. */
export default function DeskPage() {
  const me = useMe();
  const wall = useWall();
  return (
    <Page title="Desk" className="desk">
      {wall.isPending && <Loading />}
      {wall.isError && !wall.data && <Failure what="desk" error={wall.error} retry={() => void wall.refetch()} />}
      {wall.data && !me.closer_id && <NoDesk />}
      {wall.data && me.closer_id && <Desk wall={wall.data} closerId={me.closer_id} />}
    </Page>
  );
}

function Desk({ wall, closerId }: { wall: Wall; closerId: string }) {
  const offer = offerFor(wall, closerId);
  const call = callOfCloser(wall, closerId);
  const closer = wall.closers.find(({ id }) => id === closerId);
  return (
    <div className="desk-grid">
      {offer ? <OfferCard offer={offer} /> : <div className="card">{call ? <InCall call={call} /> : <Waiting closer={closer} />}</div>}
      <aside className="col">{closer && <MyPresence closer={closer} />}</aside>
    </div>
  );
}

const choices = [
  { value: 'available', label: 'Available' },
  { value: 'away', label: 'Away' },
];

function MyPresence({ closer }: { closer: LiveCloser }) {
  const now = useNow();
  const change = usePresence();
  const shown = change.isPending ? change.variables.presence : closer.presence;
  return (
    <Card title="You are" end={duration(now - closer.since)}>
      <div className="padx row wrap">
        <Presence presence={shown} reason={closer.reason} />
        <span className="end" />
        <Seg label="Your presence" value={shown} options={choices} onChange={(presence) => change.mutate({ id: closer.id, presence })} />
      </div>
    </Card>
  );
}

function Waiting({ closer }: { closer?: LiveCloser }) {
  const free = closer?.presence === 'available';
  return (
    <Empty icon={<IconHeadset size={28} stroke={1.75} aria-hidden />} title={free ? 'You are next in line' : `You are ${presenceWord(closer?.presence ?? 'offline').toLowerCase()}`}>
      {free
        ? 'When a lead turns hot on a call, it rings here with the whole story. Enter accepts, Esc declines.'
        : 'Hot leads ring only for closers who are available. Change your presence on the right.'}
    </Empty>
  );
}

function InCall({ call }: { call: LiveCall }) {
  return (
    <Empty
      icon={<IconHeadset size={28} stroke={1.75} aria-hidden />}
      title={`You are talking with ${call.name}`}
      action={
        <Link className="btn pri" to={`/calls/${call.id}`}>
          Transcript and answers
        </Link>
      }
    >
      Your phone carries the voice; the words appear on the call page as they are spoken.
    </Empty>
  );
}

function NoDesk() {
  return (
    <Empty icon={<IconHeadset size={28} stroke={1.75} aria-hidden />} title="A desk belongs to a closer">
      Your account is not linked to a closer, so nothing rings here. Hot leads and who takes them are on the wall.
    </Empty>
  );
}
