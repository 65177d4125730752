/* npm run screens -- FOLDER: every page of a real server in each of its states, in both themes, at desk and phone width.
 * It starts a demo of its own, keeps the other closers away, so that the first hot lead rings here, and takes it. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const folder = process.argv[2] ?? '../build/screens';
const data = mkdtempSync(join(tmpdir(), 'baton-screens-'));
mkdirSync(folder, { recursive: true });

/* --- the server --- */

const demo = spawn('../build/baton', ['demo', '--port', '0', '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] });
const lines = createInterface({ input: demo.stdout });
let base = '';
let password = '';
let told = '';
lines.on('line', (line) => {
  told += `${line}\n`;
  base ||= /running: *(http\S*\d)\//.exec(line)?.[1] ?? '';
  password ||= /with password *([0-9a-f]+)/.exec(line)?.[1] ?? '';
});
const until = async (done, what, ms = 180_000) => {
  for (const end = Date.now() + ms; !(await done()); await new Promise((then) => setTimeout(then, 100))) {
    if (demo.exitCode !== null) throw new Error('the demo has ended');
    if (Date.now() > end) throw new Error(`not within ${ms / 1000} s: ${what}`);
  }
};

/* --- four windows, one for each look --- */

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
});
const looks = [];

async function open(scheme, width) {
  const context = await browser.newContext({ baseURL: base, viewport: { width, height: width > 400 ? 900 : 844 }, colorScheme: scheme, reducedMotion: 'reduce', locale: 'en-GB' });
  context.setDefaultTimeout(60_000);
  looks.push({ name: `${scheme}-${width}`, context, page: await context.newPage(), desk: await context.newPage() });
}

async function settle(page) {
  await page.locator('[role=status][aria-label=Loading]').waitFor({ state: 'detached' });
  await page.evaluate(() => document.fonts.ready);
  if (await page.locator('.wf').count()) await page.locator('.wf canvas').first().waitFor();
}

const shoot = async (look, what, page = look.page, fullPage = true) => {
  const tall = await page.evaluate(() => document.body.scrollHeight);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) console.log(`${what} ${look.name}: scrolls sideways by ${wide} px`);
  await page.screenshot({ path: join(folder, `${what}-${look.name}.png`), fullPage: fullPage && tall < 4000 });
};

/** Opens a page in each window and takes its picture. `before`: what is done there first. */
async function every(what, path, before = async () => undefined) {
  for (const look of looks) {
    await look.page.goto(path);
    await look.page.locator('#main').waitFor();
    await settle(look.page);
    await before(look.page);
    await shoot(look, what);
  }
  console.log(what);
}

/** What the server would say in another life. */
async function pretend(what, path, api, answer) {
  for (const look of looks) await look.page.route(api, (route) => route.fulfill(answer));
  await every(what, path);
  for (const look of looks) await look.page.unroute(api);
}

const desks = (each) => Promise.all(looks.map((look) => each(look.desk, look)));
const deskShots = async (what) => {
  await desks(async (desk, look) => {
    await settle(desk);
    await shoot(look, what, desk);
  });
  console.log(what);
};

async function signIn({ page }) {
  await page.goto('/');
  await page.getByLabel('Login').fill('admin');
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}

/** People who talk by voice do not always turn hot: the hottest is called again, twice at most. */
async function rings(call) {
  const accept = looks[0].desk.getByRole('button', { name: /Accept/ });
  for (let tries = 0; tries < 3; tries++) {
    if (tries > 0) await call('Priya');
    const rang = await accept.waitFor({ timeout: 120_000 }).then(() => true, () => false);
    if (rang) return true;
  }
  return false;
}

/** The offer is accepted, the talk ends, its wrap-up is handed in: each with its pictures. */
async function takeIt() {
  await deskShots('desk-offer');
  await looks[0].desk.getByRole('button', { name: /Accept/ }).click({ timeout: 5000 });
  await desks((desk) => desk.getByLabel('What is said').or(desk.getByRole('button', { name: 'Talk', exact: true })).first().waitFor());
  await looks[0].desk.getByLabel('Notes').fill('Wants a pilot with two clinics. CFO is Tom.');
  await deskShots('desk-call');
  const end = looks[0].desk.getByRole('button', { name: 'End call' });
  if (await end.isVisible()) await end.click();
  await desks((desk) => desk.getByRole('heading', { name: /Wrap-up/ }).waitFor());
  await deskShots('desk-wrap-up');
  await looks[0].desk.getByRole('group', { name: 'Outcome' }).getByRole('button', { name: 'Demo booked' }).click();
  await looks[0].desk.getByLabel('Deal a year').fill('18000');
  await looks[0].desk.getByRole('radio', { name: /5 of 5/ }).click();
  await looks[0].desk.getByRole('button', { name: 'Done' }).click();
}

async function run() {
  await until(() => password !== '', 'the demo runs');
  for (const scheme of ['light', 'dark']) for (const width of [1440, 390]) await open(scheme, width);
  for (const look of looks) {
    await look.page.goto('/');
    await look.page.getByLabel('Login').waitFor();
    await shoot(look, 'login');
    await signIn(look);
  }
  const ask = looks[0].context.request;
  const get = async (path) => (await ask.get(`/api/v1${path}`)).json();
  const post = (path, data = {}) => ask.post(`/api/v1${path}`, { data, headers: { Origin: base } });
  const closers = (await get('/closers')).items;
  for (const closer of closers.filter(({ name }) => name !== 'You')) await post(`/closers/${closer.id}/presence`, { presence: 'away', reason: 'lunch' });

  const call = async (name) => {
    const { items } = await get(`/leads?q=${name}`);
    await post('/leads/bulk', { ids: [items[0].id], action: 'call' });
  };
  await until(async () => (await get('/wall')).calls.filter(({ last }) => last !== null).length > 2, 'people talk');
  await every('wall', '/wall');
  await every('wall-call', '/wall', async (page) => {
    if ((await get('/wall')).calls.length === 0) await call('Priya');
    await page.locator('.hero, .live-card').first().press('Enter');
    await page.getByRole('complementary', { name: /Live call/ }).waitFor();
    await settle(page);
  });
  const [live] = (await get('/calls?live=true&limit=20')).items;
  if (live) await every('call-live', `/calls/${live.id}`);

  await desks((desk) => desk.goto('/desk'));
  await deskShots('desk-away');
  await looks[0].desk.getByRole('switch', { name: 'Browser phone' }).press('Space');
  await looks[0].desk.getByText('Connected. Your microphone is heard in calls only.').waitFor();
  await looks[0].desk.getByRole('button', { name: 'Make me available' }).click();
  await desks((desk) => desk.getByRole('heading', { name: 'You are next in line' }).waitFor());
  await deskShots('desk-waiting');

  if (await rings(call)) await takeIt();
  else console.log('nobody turned hot: no pictures of offer, call and wrap-up');

  await until(() => (told.match(/call over/g) ?? []).length > 8, 'calls have been made', 400_000);
  const [task] = (await get('/tasks?kind=callback&state=due')).items;
  if (task) {
    await post(`/tasks/${task.id}/assign`, { closer_id: closers.find(({ name }) => name === 'You').id });
    await post(`/tasks/${task.id}/snooze`, { until: Date.now() + 9 * 60_000, reason: 'asked for another time' });
    await desks((desk) => desk.goto('/desk'));
    await deskShots('desk-callbacks');
  }

  const calls = (await get('/calls?limit=100')).items;
  const best = calls.filter(({ ended_at, recording }) => ended_at && recording).sort((a, b) => (b.score ?? 0) - (a.score ?? 0))[0];
  await every('leads', '/leads');
  await every('leads-chosen', '/leads', async (page) => page.getByRole('checkbox', { name: /^Choose (?!all)/ }).first().check());
  await every('lead', `/leads/${best.lead_id}`);
  await every('calls', '/calls');
  await every('call', `/calls/${best.id}`);
  await every('call-share', `/calls/${best.id}`, async (page) => page.getByRole('button', { name: 'Share' }).click());
  await every('talk', '/talk');
  await every('settings', '/settings');
  const shared = await (await post(`/calls/${best.id}/share`, { hours: 24 })).json();
  await every('shared', shared.path);
  await every('shared-gone', '/shared/gone');
  await every('keys', '/leads', (page) => page.keyboard.press('?'));
  await every('new-lead', '/leads', (page) => page.keyboard.press('n'));
  await every('search', '/leads', async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search' }).fill('pri');
    await page.getByRole('option', { name: /Priya/ }).waitFor();
  });
  await every('nowhere', '/nowhere');
  await every('call-none', '/calls/00000000-0000-7000-8000-000000000000');

  const empty = { json: { items: [], next_cursor: null } };
  const wall = await get('/wall');
  await pretend('wall-empty', '/wall', '**/api/v1/wall', { json: { ...wall, calls: [], dials: [], promises: [] } });
  await pretend('leads-empty', '/leads', /\/api\/v1\/leads(\?|$)/, empty);
  await every('leads-none', '/leads?q=zzzz');
  await pretend('calls-empty', '/calls', /\/api\/v1\/calls(\?|$)/, empty);
  await pretend('wall-error', '/wall', '**/api/v1/wall', { status: 500, json: { title: 'Internal Server Error', detail: 'The database does not answer.' } });
  for (const look of looks) {
    await look.page.goto('/leads');
    await settle(look.page);
    await look.context.clearCookies();
    await look.page.getByPlaceholder('Name, company, e-mail or number').fill('priya');
    await look.page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
    await shoot(look, 'session-ended', look.page, false);
  }
}

try {
  await run();
} finally {
  await browser.close();
  demo.kill('SIGINT');
  await new Promise((then) => (demo.exitCode !== null ? then() : demo.on('exit', then)));
  rmSync(data, { recursive: true, force: true });
}
