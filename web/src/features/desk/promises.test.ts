import { expect, it } from 'vitest';
import type { Task } from '@/api/tasks';
import { leftOf, mine } from './promises';

const task = (id: string, closer_id: string | null, due_at: number, promised_by = due_at): Task => ({ id, lead_id: 'l', kind: 'callback', closer_id, due_at, promised_by, created_at: 0, tries: 0, state: 'due', lead: {} });

it('shows own callbacks and those of nobody, the nearest promise first', () => {
  const tasks = [task('a', 'dana', 900), task('b', null, 500), task('c', 'wei', 100)];
  expect(mine(tasks, 'dana').map(({ id }) => id)).toEqual(['b', 'a']);
});

it('is at risk in the last quarter of an hour, and late after it', () => {
  const hour = 3_600_000;
  const two = task('a', null, 2 * hour);
  expect(leftOf(two, hour)).toEqual({ ms: hour, late: false, risk: false, gone: 0.5 });
  expect(leftOf(two, 2 * hour - 60_000)).toMatchObject({ risk: true, late: false });
  expect(leftOf(two, 3 * hour)).toMatchObject({ late: true, risk: true, gone: 1, ms: hour });
});

it('counts down to the time it was put off to', () => {
  expect(leftOf(task('a', null, 5000, 1000), 2000)).toMatchObject({ late: false, ms: 3000 });
});
