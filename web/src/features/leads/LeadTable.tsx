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
  /** Undefined: this one may not change leads. */
  chosen?: ReadonlySet<string>;
  choose: (chosen: ReadonlySet<string>) => void;
}

/** Only the rows in sight exist; ten thousand leads scroll like ten. */
export function LeadTable({ leads, more, chosen, choose }: LeadTableProps) {
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
    <section className={chosen ? 'card leads pickable' : 'card leads'} role="table" aria-label="Leads" aria-rowcount={leads.length}>
      <div className="lrow lhead" role="row">
        {chosen && <All leads={leads} chosen={chosen} choose={choose} />}
        {['Lead', 'Score', 'State', 'Phone', 'Source', 'Arrived'].map((name) => (
          <span key={name} role="columnheader" className={`c-${name.toLowerCase()}`}>
            {name}
          </span>
        ))}
      </div>
      <div ref={list} role="rowgroup" style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {shown.map((row) => {
          const lead = leads[row.index];
          return lead && <Row key={row.key} lead={lead} top={row.start - rows.options.scrollMargin} chosen={chosen} choose={choose} />;
        })}
      </div>
    </section>
  );
}

type Choosing = Pick<LeadTableProps, 'chosen' | 'choose'>;

/** Those that are loaded. */
function All({ leads, chosen, choose }: { leads: Lead[] } & Choosing) {
  const all = leads.length > 0 && leads.every(({ id }) => chosen?.has(id));
  return (
    <span className="c-pick" role="columnheader">
      <input type="checkbox" aria-label="Choose all that are shown" checked={all} onChange={() => choose(new Set(all ? [] : leads.map(({ id }) => id)))} />
    </span>
  );
}

function Row({ lead, top, chosen, choose }: { lead: Lead; top: number } & Choosing) {
  const toggle = () => {
    const next = new Set(chosen);
    if (!next.delete(lead.id)) next.add(lead.id);
    choose(next);
  };
  return (
    <div className="lrow" role="row" style={{ transform: `translateY(${top}px)`, height: ROW_PX }}>
      {chosen && (
        <span className="c-pick" role="cell">
          <input type="checkbox" aria-label={`Choose ${fullName(lead)}`} checked={chosen.has(lead.id)} onChange={toggle} />
        </span>
      )}
      <span className="c-lead" role="cell">
        <Link className="b ell plain whole" to={`/leads/${lead.id}`}>
          {fullName(lead)}
        </Link>
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
    </div>
  );
}
