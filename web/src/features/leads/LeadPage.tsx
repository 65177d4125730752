import { IconPhone } from '@tabler/icons-react';
import { useParams } from 'react-router';
import { useLead, useTimeline } from '@/api/leads';
import type { LeadView } from '@/api/leadModel';
import { useCallLead } from '@/api/tasks';
import { useMe } from '@/shell/me';
import { Page } from '@/shell/TopBar';
import { Btn } from '@/ui/Btn';
import { fullName, phone } from '@/ui/format';
import { Failure, Loading } from '@/ui/states';
import { GateCard } from './GateCard';
import { ConsentCard, DealCard, ScoreCard, WhoCard } from './LeadSide';
import { NextStep } from './NextStep';
import { Timeline } from './Timeline';
import './lead.css';

export default function LeadPage() {
  const { id = '' } = useParams();
  const lead = useLead(id);
  return (
    <Page title={lead.data ? fullName(lead.data.lead) : 'Lead'} from={{ to: '/leads', name: 'Leads' }}>
      {lead.isPending && <Loading />}
      {lead.isError && !lead.data && <Failure what="lead" error={lead.error} retry={() => void lead.refetch()} />}
      {lead.data && <LeadBody view={lead.data} />}
    </Page>
  );
}

function LeadBody({ view }: { view: LeadView }) {
  const { lead } = view;
  const timeline = useTimeline(lead.id);
  const who = [lead.title, lead.company].filter(Boolean).join(', ') || phone(lead.phone);
  return (
    <>
      <div className="ch">
        <div className="grow">
          <h1>{fullName(lead)}</h1>
          <p className="sub">{who}</p>
        </div>
        <CallLead view={view} />
      </div>
      <NextStep view={view} />
      <div className="lead-cols">
        <aside className="col whoc">
          <WhoCard view={view} />
          <ConsentCard view={view} />
        </aside>
        <Timeline view={view} entries={timeline.data ?? []} />
        <div className="col scorec">
          <ScoreCard view={view} />
          <DealCard view={view} />
          {view.gate && <GateCard gate={view.gate} />}
        </div>
      </div>
    </>
  );
}

/** Click to call, for who has a telephone at the desk. */
function CallLead({ view }: { view: LeadView }) {
  const me = useMe();
  const call = useCallLead();
  if (!me.closer_id || view.suppressed) return null;
  return (
    <div className="row wrap">
      {call.isError && (
        <span className="note warn" role="alert">
          {call.error.message}
        </span>
      )}
      {call.isSuccess && <span className="sm sub">Your telephone rings. Pick up, then it rings there.</span>}
      <Btn icon={<IconPhone size={18} aria-hidden />} busy={call.isPending} onClick={() => call.mutate(view.lead.id)}>
        Call
      </Btn>
    </div>
  );
}
