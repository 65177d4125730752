import { IconMicrophone, IconPhoneIncoming, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useCallback, useRef } from 'react';
import { useWall } from '@/api/wall';
import { mayAddLeads, useMe } from '@/shell/me';
import { useShell } from '@/shell/shell';
import { Page } from '@/shell/TopBar';
import { Btn, LinkBtn } from '@/ui/Btn';
import { today } from '@/ui/format';
import { Empty, Failure, Loading } from '@/ui/states';
import { useNow } from '@/ui/useNow';
import { HeroCard } from './HeroCard';
import { LiveCard } from './LiveCard';
import { heroOf, ordered } from './order';
import { neighbour, usePeek } from './peek';
import { Side } from './Side';
import { Stats } from './Stats';
import './wall.css';

const Peek = lazy(() => import('./Peek'));

export function WallPage() {
  const now = useNow();
  const wall = useWall();
  const calls = ordered(wall.data?.calls ?? [], now);
  const hero = heroOf(calls);
  const rest = calls.filter((call) => call !== hero);
  const [peeked, peek] = usePeek();
  const shown = useRef<string[]>([]);
  shown.current = [...(hero ? [hero] : []), ...rest].map(({ id }) => id);
  const go = useCallback((step: 1 | -1) => peeked && peek(neighbour(shown.current, peeked, step) ?? peeked), [peeked, peek]);
  const close = useCallback(() => {
    peek(null);
    document.getElementById(`card-${peeked}`)?.focus();
  }, [peek, peeked]);
  return (
    <Page className="wall" title="Wall" aside={today(now)}>
      {wall.isPending && <Loading />}
      {wall.isError && !wall.data && <Failure what="wall" error={wall.error} retry={() => void wall.refetch()} />}
      {wall.data && (
        <>
          <Stats metrics={wall.data.metrics} />
          <div className={peeked ? 'wall-grid peeking' : 'wall-grid'}>
            <section aria-label="Calls now">
              <div className="h">
                <h1 className="hd">Calls now</h1>
                <span className="count">{calls.length}</span>
                {calls.length > 1 && <span className="sm mut hide-s">Highest score first</span>}
                <span className="end">
                  <LinkBtn small to="/talk" icon={<IconMicrophone size={16} aria-hidden />}>
                    Talk to the AI
                  </LinkBtn>
                </span>
              </div>
              {hero && <HeroCard call={hero} />}
              <div className="cards">
                {rest.map((call) => (
                  <LiveCard key={call.id} call={call} />
                ))}
              </div>
              {calls.length === 0 && <Quiet waiting={wall.data.dials.length} />}
            </section>
            <Side wall={wall.data} />
            {peeked && (
              <Suspense>
                <Peek id={peeked} close={close} go={go} />
              </Suspense>
            )}
          </div>
        </>
      )}
    </Page>
  );
}

function Quiet({ waiting }: { waiting: number }) {
  const me = useMe();
  const { openNewLead } = useShell();
  return (
    <div className="card">
      <Empty
        icon={<IconPhoneIncoming size={28} stroke={1.75} aria-hidden />}
        title="No call at the moment"
        action={
          <span className="row">
            <LinkBtn tone="pri" to="/talk" icon={<IconMicrophone size={16} aria-hidden />}>
              Talk to the AI
            </LinkBtn>
            {mayAddLeads(me) && (
              <Btn icon={<IconPlus size={16} />} onClick={openNewLead}>
                New lead
              </Btn>
            )}
          </span>
        }
      >
        Each new lead is called within a minute and appears here while the AI talks: who it is, how far the talk is, the score as the answers come in.{' '}
        {waiting > 0 ? `${waiting} ${waiting === 1 ? 'lead is' : 'leads are'} queued on the right.` : 'Put in a lead and watch.'}
      </Empty>
    </div>
  );
}
