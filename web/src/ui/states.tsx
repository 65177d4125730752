import { IconAlertTriangle } from '@tabler/icons-react';
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { Problem } from '@/api/client';
import { Btn } from './Btn';

/** What this is, why it is empty, one button. */
export function Empty({ icon, title, children, action }: { icon?: ReactNode; title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      {icon && <span className="empty-i">{icon}</span>}
      <h2>{title}</h2>
      <p className="sub">{children}</p>
      {action}
    </div>
  );
}

/** The cause and the next step. */
export function Failure({ error, retry, what }: { error: unknown; retry?: () => void; what: string }) {
  const problem = error instanceof Problem ? error : null;
  return (
    <div className="empty" role="alert">
      <span className="empty-i bad">
        <IconAlertTriangle size={28} stroke={1.75} aria-hidden />
      </span>
      <h2>{problem?.status === 404 ? `There is no such ${what}` : `The ${what} could not be loaded`}</h2>
      <p className="sub">{reason(problem)}</p>
      {retry && problem?.status !== 404 && <Btn onClick={retry}>Try again</Btn>}
    </div>
  );
}

function reason(problem: Problem | null): string {
  if (!problem) return 'The server does not answer. Is it running, and is this machine on the network?';
  if (problem.status === 403) return 'Your role may not see this. An administrator can change that.';
  return problem.detail || problem.title;
}

export function Loading({ lines = 4 }: { lines?: number }) {
  return (
    <div className="loading" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, at) => (
        <Skeleton key={at} height={at === 0 ? 40 : 72} radius="lg" />
      ))}
    </div>
  );
}
