import type { Task } from '@/api/tasks';

/* Which callbacks a closer sees, and how near each is to being broken. Pure. */

export const RISK_MS = 15 * 60_000;

/** Own ones and those of nobody, by the time of the promise. */
export function mine(tasks: Task[], closerId: string): Task[] {
  return tasks.filter(({ closer_id }) => !closer_id || closer_id === closerId).sort((a, b) => dueOf(a) - dueOf(b));
}

/** What counts down: the time it was put off to, or the promise. */
export const dueOf = (task: Task) => Math.max(task.due_at, task.promised_by ?? 0);

export interface Left {
  ms: number;
  late: boolean;
  risk: boolean;
  /** How much of the time between promise and call is gone, 0 to 1. */
  gone: number;
}

export function leftOf(task: Task, now: number): Left {
  const due = dueOf(task);
  const whole = Math.max(due - task.created_at, 1);
  return { ms: Math.abs(due - now), late: due < now, risk: due - now < RISK_MS, gone: Math.min(Math.max((now - task.created_at) / whole, 0), 1) };
}
