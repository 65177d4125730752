import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { Lead } from '@/api/types';
import { BucketBadge, verdictOf } from '@/ui/BucketBadge';
import { fullName, phone, words } from '@/ui/format';
import { isLiveState, leadStateWord } from '@/ui/outcome';
import { Ago } from '@/ui/parts';

const ROW_PX = 57;

interface LeadTableProps {
  leads: Lead[];
  /** Called when the end of what is loaded comes into sight. */
  more?: () => void;
}

/** Only the rows in sight exist; ten thousand leads scroll like ten. */
export function LeadTable({ leads, more }: LeadTableProps) {
  const list = useRef<HTMLDivElement>(null);
  const rows = useWindowVirtualizer({
    count: leads.length,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollMargin: list.current?.offsetTop ?? 0,
    getItemKey: (index) => leads[index]?.id ?? index,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= leads.length - 5) more();
  }, [last, leads.length, more]);
  return (
    <section className="card leads" role="table" aria-label="Leads" aria-rowcount={leads.length}>
      <div className="lrow lhead" role="row">
        {['Lead', 'Score', 'State', 'Phone', 'Source', 'Arrived'].map((name) => (
          <span key={name} role="columnheader" className={`c-${name.toLowerCase()}`}>
            {name}
          </span>
        ))}
      </div>
      <div ref={list} role="rowgroup" style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {shown.map((row) => {
          const lead = leads[row.index];
          return lead && <Row key={row.key} lead={lead} top={row.start - rows.options.scrollMargin} />;
        })}
      </div>
    </section>
  );
}

function Row({ lead, top }: { lead: Lead; top: number }) {
  return (
    <Link className="lrow" role="row" to={`/leads/${lead.id}`} style={{ transform: `translateY(${top}px)`, height: ROW_PX }}>
      <span className="c-lead" role="cell">
        <b className="ell">{fullName(lead)}</b>
        <span className="sm sub ell">{[lead.title, lead.company].filter(Boolean).join(', ') || 'No company'}</span>
      </span>
      <span className="c-score row" role="cell">
        {verdictOf(lead) ? (
          <>
            <b className="cnt">{lead.score}</b>
            {isLiveState(lead.state) ? <span className="mut sm">so far</span> : <BucketBadge bucket={lead.bucket} />}
          </>
        ) : (
          <span className="mut sm">Not yet</span>
        )}
      </span>
      <span className="c-state row" role="cell">
        {isLiveState(lead.state) && <span className="dot call" aria-hidden />}
        <span className="ell">{leadStateWord(lead.state)}</span>
      </span>
      <span className="c-phone nowrap" role="cell">
        {phone(lead.phone)}
      </span>
      <span className="c-source sub ell" role="cell">
        {words(lead.source)}
      </span>
      <span className="c-arrived sub nowrap" role="cell">
        <Ago at={lead.created_at} />
      </span>
    </Link>
  );
}
