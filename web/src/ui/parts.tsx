import { IconCheck, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { exact, initials, moment, relative } from './format';
import { useNow } from './useNow';

export function Card({ title, count, end, children, className = '' }: { title?: ReactNode; count?: number; end?: ReactNode; children: ReactNode; className?: string }) {
  return (
    <section className={`card ${className}`}>
      {title && (
        <header>
          <h2>{title}</h2>
          {count !== undefined && <span className="count">{count}</span>}
          {end && <span className="end sm mut">{end}</span>}
        </header>
      )}
      {children}
    </section>
  );
}

export function Avatar({ name, small = false }: { name: string; small?: boolean }) {
  return (
    <span className={small ? 'av s' : 'av'} aria-hidden>
      {initials(name)}
    </span>
  );
}

/** "3 min ago", the exact instant on hover. */
export function Ago({ at, className }: { at: number; className?: string }) {
  const now = useNow();
  return (
    <time className={className} dateTime={new Date(at).toISOString()} title={exact(at)}>
      {relative(at, now)}
    </time>
  );
}

/** "14:27", with the day when it is not today. */
export function At({ at, className }: { at: number; className?: string }) {
  const now = useNow();
  return (
    <time className={className} dateTime={new Date(at).toISOString()} title={exact(at)}>
      {moment(at, now)}
    </time>
  );
}

/** One line of a reasoned verdict. */
export function Check({ ok = true, children, end }: { ok?: boolean; children: ReactNode; end?: ReactNode }) {
  return (
    <div className={ok ? 'check' : 'check no'}>
      {ok ? <IconCheck size={16} stroke={2} aria-label="Yes" /> : <IconX size={16} stroke={2} aria-label="No" />}
      <span>{children}</span>
      {end}
    </div>
  );
}

export function Facts({ rows }: { rows: [string, ReactNode][] }) {
  const known = rows.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return (
    <dl className="kv padx">
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Bar({ value, max }: { value: number; max: number }) {
  return (
    <span className="bar">
      <i style={{ width: `${max ? Math.min((value / max) * 100, 100) : 0}%` }} />
    </span>
  );
}
