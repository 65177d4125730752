import { IconPhone } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useCalls } from '@/api/calls';
import type { CallRow } from '@/api/types';
import { Page } from '@/shell/TopBar';
import { BucketBadge, verdictOf } from '@/ui/BucketBadge';
import { Btn } from '@/ui/Btn';
import { duration, fullName, withoutName } from '@/ui/format';
import { outcomeWord } from '@/ui/outcome';
import { At } from '@/ui/parts';
import { stageWord } from '@/ui/stage';
import { Empty, Failure, Loading } from '@/ui/states';
import { useNow } from '@/ui/useNow';
import './calls.css';

export default function CallsPage() {
  const calls = useCalls();
  const rows = useMemo(() => calls.data?.pages.flatMap((page) => page.items) ?? [], [calls.data]);
  return (
    <Page title="Calls">
      <h1 className="sr">Calls</h1>
      {calls.isPending && <Loading />}
      {calls.isError && !calls.data && <Failure what="list of calls" error={calls.error} retry={() => void calls.refetch()} />}
      {calls.isSuccess && rows.length === 0 && (
        <div className="card">
          <Empty icon={<IconPhone size={28} stroke={1.75} aria-hidden />} title="No calls yet">
            Every call is kept here with its recording, its transcript and the reasons for what was done next.
          </Empty>
        </div>
      )}
      {rows.length > 0 && (
        <ul className="card list calls">
          {rows.map((call) => (
            <CallLine key={call.id} call={call} />
          ))}
        </ul>
      )}
      {calls.hasNextPage && (
        <div className="more">
          <Btn busy={calls.isFetchingNextPage} onClick={() => void calls.fetchNextPage()}>
            Earlier calls
          </Btn>
        </div>
      )}
    </Page>
  );
}

function CallLine({ call }: { call: CallRow }) {
  const now = useNow();
  const name = fullName({ ...call.lead, phone: call.phone });
  const live = call.ended_at == null;
  const talked = call.answered_at == null ? null : (call.ended_at ?? now) - call.answered_at;
  return (
    <li>
      <Link to={`/calls/${call.id}`}>
        <At at={call.started_at} className="when sub" />
        <span className="grow">
          <b className="ell">{name}</b>
          <span className="sm sub ell">{call.summary ? withoutName(call.summary, name) : call.lead.company}</span>
        </span>
        <span className="score row">
          {verdictOf(call) && <b className="cnt">{call.score}</b>}
          {!live && <BucketBadge bucket={verdictOf(call)} />}
        </span>
        <span className="how row">
          {live && <span className="dot call" aria-hidden />}
          <span className="ell">{live ? stageWord(call.state) : outcomeWord(call.outcome)}</span>
        </span>
        <span className="long num">{talked === null ? '' : duration(talked)}</span>
      </Link>
    </li>
  );
}
