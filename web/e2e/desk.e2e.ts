import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { liveCall, wrapUpForm } from '../dev/call.ts';
import { day, parked, tasks, wall } from '../dev/wall.ts';
import { expectAccessible } from './accessible.ts';
import { context, launch, signIn } from './browser.mjs';

/* The closer's desk in each of its states: what the server says is played here, so that it is the same on every server; what the page sends is looked at. */

let browser: Browser;
let shown: BrowserContext;
let page: Page;
let faults: string[];
let sent: { path: string; body: Record<string, unknown> }[];

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  shown = await context(browser);
  page = await shown.newPage();
  faults = [];
  sent = [];
  page.on('pageerror', (error) => faults.push(error.message));
});
afterEach(async () => {
  await shown.close();
  expect(faults).toEqual([]);
});

const accessible = (what: string) => expectAccessible(page, what);

const me = { id: 'u1', name: 'Dana Okafor', login: 'dana', role: 'closer', closer_id: 'Dana Okafor' };
const unwrapped = { id: 'h1', call_id: 'c1', lead_id: 'l1', name: 'Priya Raman', company: 'Lumen Dental Group', ended_at: Date.now() - 5000, state: 'ended' };

function answer(path: string, scene: string): unknown {
  if (path === '/me') return me;
  if (path === '/wall') return { ...wall(scene), now: Date.now() };
  if (path === '/parked') return { items: scene === 'free' ? parked() : [], next_cursor: null };
  if (path === '/tasks') return { items: tasks(), next_cursor: null };
  if (path.endsWith('/day')) return day();
  if (path === '/closers') return { items: wall(scene).closers, next_cursor: null };
  if (path === '/handoffs') return { items: scene === 'after' ? [unwrapped] : [], next_cursor: null };
  if (path.startsWith('/handoffs/')) return { ...wrapUpForm(scene), draft: null };
  if (path.startsWith('/calls/')) return liveCall();
  return undefined;
}

const pathOf = (request: Request) => new URL(request.url()).pathname.replace('/api/v1', '');

async function desk(scene: string) {
  await signIn(page);
  await page.route('**/api/v1/**', (route, request) => {
    const path = pathOf(request);
    if (path === '/events') return route.continue();
    if (request.method() === 'POST') {
      sent.push({ path, body: (request.postDataJSON() ?? {}) as Record<string, unknown> });
      return route.fulfill({ json: { ok: true } });
    }
    const json = answer(path, scene);
    return json === undefined ? route.continue() : route.fulfill({ json });
  });
  await page.goto('/desk');
}

const bodyOf = (path: string) => sent.findLast((one) => one.path === path)?.body;

describe('after a talk', () => {
  it('hands in what was tapped and typed, and loses nothing in a reload', async () => {
    await desk('after');
    await page.getByRole('heading', { name: /Wrap-up: Priya Raman/ }).waitFor();
    await page.getByLabel('Notes').fill('CFO is Tom');
    await page.getByRole('group', { name: 'Outcome' }).getByRole('button', { name: 'Won' }).click();
    await page.getByLabel('Deal a year').fill('18k');
    await page.reload();
    await expect.poll(() => page.getByLabel('Notes').inputValue()).toBe('CFO is Tom');
    await page.getByRole('radio', { name: /5 of 5/ }).click();
    await page.getByRole('button', { name: 'Just as told' }).click();
    await accessible('wrap-up');
    await page.getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => bodyOf('/handoffs/h1/wrap-up')).toMatchObject({ disposition: 'won', notes: 'CFO is Tom', rating: 5, rating_reason: 'Just as told', deal_usd: 18_000, deal_stage: 'won' });
    expect(bodyOf('/handoffs/h1/draft')).toBeDefined();
  });

  it('marks an answer that the AI took wrongly', async () => {
    await desk('after');
    await page.getByRole('button', { name: /Budget/ }).click();
    await expect.poll(() => bodyOf('/answers/answer-budget/mark')).toEqual({ wrong: true });
  });
});

describe('callbacks', () => {
  it('are called with one press and put off only with a reason', async () => {
    await desk('free');
    await page.getByRole('button', { name: 'Call Nina Duarte' }).click();
    await expect.poll(() => bodyOf('/tasks/t1/call')).toEqual({});
    await page.getByRole('button', { name: 'More for Omar Haddad' }).click();
    await page.getByRole('menuitem', { name: /Put off/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Put off' });
    await dialog.getByRole('button', { name: 'In 15 min' }).click();
    expect(await dialog.getByRole('button', { name: 'Put off' }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'No answer' }).click();
    await accessible('put off');
    await dialog.getByRole('button', { name: 'Put off' }).click();
    await expect.poll(() => bodyOf('/tasks/t2/snooze')).toMatchObject({ reason: 'No answer' });
    await accessible('desk, free');
  });
});

describe('a parked prospect', () => {
  it('is retrieved with one press', async () => {
    await desk('free');
    await page.getByText('parked by Wei Zhang').waitFor();
    await page.getByRole('button', { name: 'Retrieve' }).click();
    await expect.poll(() => bodyOf('/calls/c8/retrieve')).toEqual({});
  });
});

describe('in the call', () => {
  it('has brief, words and notes, and brings the AI back', async () => {
    await desk('call');
    await page.getByRole('heading', { name: 'Priya Raman' }).waitFor();
    await page.getByLabel('Notes').fill('pilot with two clinics');
    await expect.poll(() => bodyOf('/handoffs/h1/draft')).toMatchObject({ notes: 'pilot with two clinics' });
    await accessible('in the call, light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await accessible('in the call, dark');
    await page.getByRole('button', { name: 'Bring Ava back' }).click();
    await expect.poll(() => sent.some(({ path }) => path === '/handoffs/h1/bring-back')).toBe(true);
  });

  it('is held, parked and handed on by single keys, which are written on the buttons', async () => {
    await desk('call');
    await page.getByRole('button', { name: 'Hold H' }).waitFor();
    await page.keyboard.press('h');
    await expect.poll(() => bodyOf('/calls/c1/hold')).toEqual({});
    await page.getByLabel('Notes').pressSequentially('hp');
    expect(sent.filter(({ path }) => path === '/calls/c1/hold').length).toBe(1);
    await page.getByRole('button', { name: 'Park P' }).click();
    await expect.poll(() => bodyOf('/calls/c1/park')).toEqual({});
    await page.getByRole('button', { name: 'Transfer T' }).click();
    const dialog = page.getByRole('dialog', { name: 'Hand Priya Raman to a colleague' });
    await dialog.getByLabel('For your colleague').fill('wants a discount');
    await accessible('transfer');
    await dialog.getByRole('button', { name: 'Ask Wei' }).click();
    await expect.poll(() => bodyOf('/calls/c1/transfer')).toEqual({ closer_id: 'Wei Zhang', note: 'wants a discount', ask_first: true });
  });

  it('says where the prospect is while they wait', async () => {
    await desk('hold');
    await page.getByText('Priya is on hold and hears music.').waitFor();
    await accessible('on hold');
    await page.keyboard.press('h');
    await expect.poll(() => bodyOf('/calls/c1/resume')).toEqual({});
  });

  it('becomes tabs on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await desk('call');
    await page.getByRole('button', { name: 'Notes', exact: true }).click();
    await page.getByLabel('Notes', { exact: true }).waitFor();
    expect(await page.getByRole('heading', { name: 'Priya Raman' }).isVisible()).toBe(false);
  });
});
