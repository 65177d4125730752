import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useLeads } from '@/api/leads';
import { mayAddLeads, useMe } from '@/shell/me';
import { useShell } from '@/shell/shell';
import { Page } from '@/shell/TopBar';
import { Btn } from '@/ui/Btn';
import { Empty, Failure, Loading } from '@/ui/states';
import { FilterBar } from './FilterBar';
import { isFiltered, useFilters } from './filters';
import { LeadTable } from './LeadTable';
import './leads.css';

export function LeadsPage() {
  const [filters, change] = useFilters();
  const leads = useLeads(filters);
  const rows = useMemo(() => leads.data?.pages.flatMap((page) => page.items) ?? [], [leads.data]);
  const more = leads.hasNextPage && !leads.isFetchingNextPage ? () => void leads.fetchNextPage() : undefined;
  return (
    <Page title="Leads">
      <h1 className="sr">Leads</h1>
      <FilterBar filters={filters} change={change} />
      {leads.isPending && <Loading />}
      {leads.isError && !leads.data && <Failure what="list of leads" error={leads.error} retry={() => void leads.refetch()} />}
      {rows.length > 0 && <LeadTable leads={rows} more={more} />}
      {leads.isSuccess && rows.length === 0 && (
        <div className="card">{isFiltered(filters) ? <NoneFound clear={() => change({ q: '', state: '', bucket: '', source: '' })} /> : <NoneYet />}</div>
      )}
    </Page>
  );
}

function NoneFound({ clear }: { clear: () => void }) {
  return (
    <Empty icon={<IconUsers size={28} stroke={1.75} aria-hidden />} title="No lead fits these filters" action={<Btn onClick={clear}>Show all leads</Btn>}>
      A number is found by any of its digits, a name or company by how its words begin.
    </Empty>
  );
}

function NoneYet() {
  const me = useMe();
  const { openNewLead } = useShell();
  return (
    <Empty
      icon={<IconUserPlus size={28} stroke={1.75} aria-hidden />}
      title="No leads yet"
      action={
        mayAddLeads(me) && (
          <Btn tone="pri" onClick={openNewLead}>
            New lead
          </Btn>
        )
      }
    >
      Leads arrive from your forms and your CRM, or are put in here. Each one is called within a minute, if the law and its consent allow it.
    </Empty>
  );
}
