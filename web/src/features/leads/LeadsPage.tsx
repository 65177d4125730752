import { IconDownload, IconUpload, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { exportUrl, useLeadCount, useLeads } from '@/api/leads';
import { mayAddLeads, mayManage, useMe, type Me } from '@/shell/me';
import { useShell } from '@/shell/shell';
import { Page } from '@/shell/TopBar';
import { Btn } from '@/ui/Btn';
import { Empty, Failure, Loading } from '@/ui/states';
import { FilterBar } from './FilterBar';
import { BulkBar } from './BulkBar';
import { isFiltered, noFilters, useFilters, type LeadFilters } from './filters';
import { ImportLeads } from './ImportLeads';
import { LeadTable } from './LeadTable';
import { Views } from './Views';
import './leads.css';

const mayChange = (me: Me) => mayManage(me) || me.role === 'sdr';

export function LeadsPage() {
  const me = useMe();
  const [filters, change] = useFilters();
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [importing, setImporting] = useState(false);
  const leads = useLeads(filters);
  const rows = useMemo(() => leads.data?.pages.flatMap((page) => page.items) ?? [], [leads.data]);
  const more = leads.hasNextPage && !leads.isFetchingNextPage ? () => void leads.fetchNextPage() : undefined;
  return (
    <Page title="Leads">
      <Head filters={filters} importing={() => setImporting(true)} />
      <FilterBar filters={filters} change={change} />
      <Views filters={filters} change={change} />
      {chosen.size > 0 && <BulkBar ids={[...chosen]} clear={() => choose(new Set())} />}
      {leads.isPending && <Loading />}
      {leads.isError && !leads.data && <Failure what="list of leads" error={leads.error} retry={() => void leads.refetch()} />}
      {rows.length > 0 && <LeadTable leads={rows} more={more} chosen={mayChange(me) ? chosen : undefined} choose={choose} />}
      {leads.isSuccess && rows.length === 0 && (
        <div className="card">{isFiltered(filters) ? <NoneFound clear={() => change(noFilters)} /> : <NoneYet />}</div>
      )}
      {importing && <ImportLeads close={() => setImporting(false)} />}
    </Page>
  );
}

function Head({ filters, importing }: { filters: LeadFilters; importing: () => void }) {
  const me = useMe();
  const count = useLeadCount(filters);
  return (
    <div className="h lead-h">
      <h1 className="hd">Leads</h1>
      {count.data !== undefined && <span className="count">{count.data.toLocaleString('en-US')}</span>}
      <span className="end row">
        {mayManage(me) && (
          <a className="btn s" href={exportUrl(filters)} download="leads.csv">
            <IconDownload size={16} aria-hidden />
            Export
          </a>
        )}
        {mayChange(me) && (
          <Btn small icon={<IconUpload size={16} aria-hidden />} onClick={importing}>
            Import
          </Btn>
        )}
      </span>
    </div>
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
