import { IconPhoneOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link, useParams } from 'react-router';
import type { CallView } from '@/api/callModel';
import { recordingUrl, useCall, useHangup, usePeaks } from '@/api/calls';
import { GateCard } from '@/features/leads/GateCard';
import { Joining } from '@/features/midcall/Joining';
import { mayManage, useMe } from '@/shell/me';
import { Page } from '@/shell/TopBar';
import { BucketBadge, verdictOf } from '@/ui/BucketBadge';
import { Btn } from '@/ui/Btn';
import { duration, moment, phone } from '@/ui/format';
import { outcomeWord } from '@/ui/outcome';
import { usePlayer } from '@/ui/player';
import { stageWord } from '@/ui/stage';
import { Failure, Loading } from '@/ui/states';
import { useNow } from '@/ui/useNow';
import { Answers } from './Answers';
import { HandoffCard } from './HandoffCard';
import { PlayerCard } from './PlayerCard';
import { RouteCard } from './RouteCard';
import { BriefCard, LineCard, RatingCard } from './Side';
import { ShareCall } from './ShareCall';
import { Transcript } from './Transcript';
import { WhoCard } from './WhoCard';
import './call.css';

export default function CallPage() {
  const { id = '' } = useParams();
  const call = useCall(id);
  const now = useNow();
  return (
    <Page title={call.data ? moment(call.data.started_at, now) : 'Call'} from={{ to: '/calls', name: 'Calls' }}>
      {call.isPending && <Loading />}
      {call.isError && !call.data && <Failure what="call" error={call.error} retry={() => void call.refetch()} />}
      {call.data && <CallBody call={call.data} />}
    </Page>
  );
}

function CallBody({ call }: { call: CallView }) {
  const player = usePlayer(call.recording && call.ended_at !== null ? recordingUrl(call.id) : null);
  const peaks = usePeaks(call.id, call.recording !== null && call.ended_at !== null);
  const { toggle } = player;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== ' ' || (event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|BUTTON|A)$/.test(event.target.tagName))) return;
      event.preventDefault();
      toggle();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [toggle]);
  return (
    <div className="callp">
      <Head call={call} />
      <Joining call={call} />
      {peaks.data && <PlayerCard call={{ ...call, recording_ms: peaks.data.duration_ms || call.recording_ms }} player={player} channels={peaks.data.channels} />}
      <div className="call-cols">
        <Transcript call={call} timeMs={player.timeMs} playing={player.playing} seek={player.seek} />
        <div className="col ansc">
          <Answers call={call} player={player} />
          <RouteCard call={call} />
          <BriefCard call={call} />
        </div>
        <div className="col">
          <HandoffCard call={call} />
          <WhoCard call={call} />
          {call.gate && <GateCard gate={call.gate} />}
          <RatingCard call={call} />
          <LineCard call={call} />
        </div>
      </div>
    </div>
  );
}

function Head({ call }: { call: CallView }) {
  const facts = [[call.title, call.company].filter(Boolean).join(', '), phone(call.phone), call.scenario];
  return (
    <div className="ch">
      <div className="grow">
        <h1>
          <Link className="plain" to={`/leads/${call.lead_id}`}>
            {call.name}
          </Link>
        </h1>
        <p className="sub">{facts.filter(Boolean).join('\u2002\u00b7\u2002')}</p>
      </div>
      <ShareCall callId={call.id} />
      {call.ended_at === null ? <LiveState call={call} /> : <Ending call={call} />}
    </div>
  );
}

function LiveState({ call }: { call: CallView }) {
  const now = useNow();
  const me = useMe();
  const hangup = useHangup(call.id);
  return (
    <div className="outc">
      <span className="live-t">
        <span className="dot call" aria-hidden />
        {stageWord(call.state === 'talking' ? call.stage : call.state)}
      </span>
      <b className="t">{duration(now - (call.answered_at ?? call.started_at))}</b>
      {mayManage(me) && (
        <Btn tone="end-call" icon={<IconPhoneOff size={18} />} busy={hangup.isPending} onClick={() => hangup.mutate()}>
          End call
        </Btn>
      )}
    </div>
  );
}

function Ending({ call }: { call: CallView }) {
  const human = call.handoff?.bridged_at ? `Handed to ${call.handoff.closer_name ?? 'a closer'}` : outcomeWord(call.outcome);
  return (
    <div className="outc">
      <BucketBadge bucket={verdictOf(call)} />
      <span>
        <b>{human}</b>
        <span className="sm sub">{duration((call.ended_at ?? 0) - (call.answered_at ?? call.started_at))} in all</span>
      </span>
    </div>
  );
}
