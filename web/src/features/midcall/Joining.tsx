import type { CallView } from '@/api/callModel';
import { mayManage, useMe } from '@/shell/me';
import { JoinBar } from './JoinBar';

/** For managers and colleagues of the closer, while a human has the call. */
export function Joining({ call }: { call: CallView }) {
  const me = useMe();
  const { handoff } = call;
  const live = call.ended_at === null && call.state === 'bridged' && handoff?.ended_at === null && handoff.midcall !== null;
  if (!live || !(mayManage(me) || me.role === 'closer') || (handoff.closer_id !== null && handoff.closer_id === me.closer_id)) return null;
  return <JoinBar key={call.id} callId={call.id} closer={handoff.closer_name?.split(' ')[0] ?? 'The closer'} />;
}
