import { IconHeadset } from '@tabler/icons-react';
import { useState } from 'react';
import { callOfCloser, offerFor } from '@/api/desk';
import { useWall } from '@/api/wall';
import type { Wall } from '@/api/wallModel';
import { useUnwrapped } from '@/api/wrapUp';
import { ParkedCalls } from '@/features/midcall/ParkedCalls';
import { PhoneCard } from '@/phone/PhoneCard';
import { useMe } from '@/shell/me';
import { Page } from '@/shell/TopBar';
import { Empty, Failure, Loading } from '@/ui/states';
import { AfterCall } from './AfterCall';
import { Callbacks } from './Callbacks';
import { InCall } from './InCall';
import { MyDay } from './MyDay';
import { MyPresence } from './MyPresence';
import { OfferCard } from './OfferCard';
import { Unfinished } from './Unfinished';
import { Waiting } from './Waiting';
import './desk.css';

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

/** Always exactly one thing: the offer, or the call, or the wrap-up, or waiting. */
function Desk({ wall, closerId }: { wall: Wall; closerId: string }) {
  const [picked, pick] = useState<string | null>(null);
  const unwrapped = useUnwrapped(closerId);
  const offer = offerFor(wall, closerId);
  const call = callOfCloser(wall, closerId);
  const closer = wall.closers.find(({ id }) => id === closerId);
  if (!offer && call && closer?.presence === 'in_call') return <InCall call={call} />;
  const talks = unwrapped.data ?? [];
  const talk = talks.find(({ id }) => id === picked) ?? talks[0];
  return (
    <div className="desk-grid">
      {offer ? (
        <OfferCard offer={offer} />
      ) : talk ? (
        <AfterCall talk={talk} closer={closer} />
      ) : (
        <Waiting closerId={closerId} closer={closer} />
      )}
      <aside className="col">
        {closer && <MyPresence closer={closer} />}
        <PhoneCard />
        <ParkedCalls />
        <Callbacks closerId={closerId} closers={wall.closers} behind={offer !== null} />
        <Unfinished talks={talks} shown={offer ? null : (talk?.id ?? null)} pick={pick} />
        <MyDay closerId={closerId} />
      </aside>
    </div>
  );
}

function NoDesk() {
  return (
    <Empty icon={<IconHeadset size={28} stroke={1.75} aria-hidden />} title="A desk belongs to a closer">
      Your account is not linked to a closer, so nothing rings here. Hot leads and who takes them are on the wall.
    </Empty>
  );
}
