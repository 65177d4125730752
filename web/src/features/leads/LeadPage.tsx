import { useParams } from 'react-router';
import { useLead, useTimeline } from '@/api/leads';
import type { LeadView } from '@/api/leadModel';
import { Page } from '@/shell/TopBar';
import { fullName, phone } from '@/ui/format';
import { Failure, Loading } from '@/ui/states';
import { ConsentCard, DealCard, GateCard, ScoreCard, WhoCard } from './LeadSide';
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
