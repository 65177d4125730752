import { useParams } from 'react-router';
import type { CallView } from '@/api/callModel';
import { sharedRecordingUrl, useSharedCall, useSharedPeaks } from '@/api/calls';
import { Mark } from '@/ui/Mark';
import { duration } from '@/ui/format';
import { usePlayer } from '@/ui/player';
import { Empty, Failure, Loading } from '@/ui/states';
import { Problem } from '@/api/client';
import { Answers } from './Answers';
import { PlayerCard } from './PlayerCard';
import { Transcript } from './Transcript';
import './call.css';

/** A call for somebody without an account: what was said and what it meant, nothing to change. */
export default function SharedPage() {
  const { token = '' } = useParams();
  const call = useSharedCall(token);
  const gone = call.error instanceof Problem && call.error.status === 404;
  return (
    <main className="page shared" id="main">
      <p className="row sub">
        <Mark /> Shared from Baton
      </p>
      {call.isPending && <Loading />}
      {gone && <Empty title="This link does not open anything any more">Links to calls expire. Ask whoever sent it for a new one.</Empty>}
      {call.isError && !gone && <Failure what="call" error={call.error} retry={() => void call.refetch()} />}
      {call.data && <Body call={call.data} token={token} />}
    </main>
  );
}

function Body({ call, token }: { call: CallView; token: string }) {
  const recorded = call.recording !== null && call.ended_at !== null;
  const player = usePlayer(recorded ? sharedRecordingUrl(token) : null);
  const peaks = useSharedPeaks(token, recorded);
  return (
    <div className="callp">
      <div className="ch">
        <div className="grow">
          <h1>{call.name}</h1>
          <p className="sub">{[[call.title, call.company].filter(Boolean).join(', '), call.ended_at && duration(call.ended_at - (call.answered_at ?? call.started_at))].filter(Boolean).join('\u2002\u00b7\u2002')}</p>
        </div>
      </div>
      {peaks.data && <PlayerCard call={{ ...call, recording_ms: peaks.data.duration_ms || call.recording_ms }} player={player} channels={peaks.data.channels} />}
      <div className="call-cols two">
        <Transcript call={call} timeMs={player.timeMs} playing={player.playing} seek={player.seek} />
        <div className="col ansc">
          <Answers call={call} player={player} fixed />
        </div>
      </div>
    </div>
  );
}
