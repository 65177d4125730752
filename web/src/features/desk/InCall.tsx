import { useState } from 'react';
import type { CallView } from '@/api/callModel';
import { useCall } from '@/api/calls';
import type { LiveCall } from '@/api/wallModel';
import { useWrapUpForm, type WrapUpForm } from '@/api/wrapUp';
import { Card } from '@/ui/parts';
import { Seg } from '@/ui/Seg';
import { Failure, Loading } from '@/ui/states';
import { CallControls } from '@/features/midcall/CallControls';
import { Whereabouts } from '@/features/midcall/Whereabouts';
import { usePhone } from '@/phone/PhoneProvider';
import { BringBack } from './BringBack';
import { CallBrief } from './CallBrief';
import { LiveTalk } from './LiveTalk';
import { Notes } from './Notes';
import { useDraft } from './useDraft';
import { WrapUp } from './WrapUp';
import './incall.css';

/** The call is the one thing; brief, notes and wrap-up beside it. */
export function InCall({ call: live }: { call: LiveCall }) {
  const call = useCall(live.id);
  if (call.isPending) return <Loading />;
  if (!call.data) return <Failure what="call" error={call.error} retry={() => void call.refetch()} />;
  return <Panes call={call.data} live={live} />;
}

/** How the API names a call that a closer made: there is no AI to bring back. */
const HUMAN = 'human, version 0';

const tabs = [
  { value: 'talk', label: 'Talk' },
  { value: 'brief', label: 'Brief' },
  { value: 'notes', label: 'Notes' },
  { value: 'wrap', label: 'Wrap-up' },
];

/** On a phone the panes become tabs. */
function Panes({ call, live }: { call: CallView; live: LiveCall }) {
  const [tab, setTab] = useState('talk');
  const form = useWrapUpForm(call.handoff?.id ?? '');
  return (
    <>
      <Seg className="tabs" label="Pane" value={tab} options={tabs} onChange={setTab} />
      <div className={`call-grid show-${tab}`}>
        <CallBrief call={call} />
        <LiveTalk call={call}>{call.state === 'bridged' && call.handoff && call.scenario !== HUMAN && <Doing call={call} live={live} handoffId={call.handoff.id} />}</LiveTalk>
        {form.data ? <Writing key={form.data.id} form={form.data} /> : <div className="col nw">{form.isError ? <Failure what="notes" error={form.error} retry={() => void form.refetch()} /> : <Loading lines={2} />}</div>}
      </div>
    </>
  );
}

/** With the browser as telephone its bar has the controls; otherwise they are here. */
function Doing({ call, live, handoffId }: { call: CallView; live: LiveCall; handoffId: string }) {
  const phone = usePhone();
  const bar = phone && phone.state.step !== 'off';
  return (
    <>
      <Whereabouts call={live} />
      {!bar && (
        <div className="inline-controls" role="toolbar" aria-label="This call">
          <CallControls call={live} />
        </div>
      )}
      <BringBack call={call} handoffId={handoffId} />
    </>
  );
}

function Writing({ form }: { form: WrapUpForm }) {
  const typing = useDraft(form);
  return (
    <div className="col nw">
      <Notes typing={typing} />
      <Card title="Wrap-up" end="to hand in after the call" className="p-wrap">
        <WrapUp form={form} typing={typing} open={false} />
      </Card>
    </div>
  );
}
