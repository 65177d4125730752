import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { context, launch, signIn, someCall } from './browser.mjs';

let browser: Browser;
let shown: BrowserContext;
let page: Page;
let faults: string[];

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  shown = await context(browser);
  page = await shown.newPage();
  faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) faults.push(message.text());
  });
});
afterEach(async () => {
  await shown.close();
  expect(faults).toEqual([]);
});

const accessible = (what: string) => expectAccessible(page, what);

/** A key that opens this. A page that has just been drawn may not listen to keys yet. */
async function opens(dialog: Locator, key: string) {
  await expect
    .poll(async () => {
      if (!(await dialog.isVisible())) await page.keyboard.press(key);
      return dialog.isVisible();
    })
    .toBe(true);
}

/** Two keys in a row. The page takes them for a pair only when they come close together, which a busy machine may not manage at once. */
async function goes(first: string, second: string, path: string) {
  await expect
    .poll(async () => {
      await page.keyboard.press(first);
      await page.keyboard.press(second);
      return new URL(page.url()).pathname;
    }, { timeout: 20_000 })
    .toBe(path);
}

describe('signing in', () => {
  it('says that a password is wrong and keeps the name', async () => {
    await page.goto('/');
    await page.getByLabel('Login').fill('nobody');
    await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('do not match');
    expect(await page.getByLabel('Login').inputValue()).toBe('nobody');
    await accessible('login');
  });

  it('leads to the wall and back out', async () => {
    await signIn(page);
    await page.getByRole('heading', { name: 'Calls now' }).waitFor();
    await page.getByRole('button', { name: /account and theme/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });
});

describe('the wall', () => {
  it('shows calls, closers and the day, in both themes without a fault', async () => {
    await signIn(page);
    await page.getByRole('heading', { name: 'Closers' }).waitFor();
    await page.getByText('Speed to lead, median').waitFor();
    await accessible('wall, light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await accessible('wall, dark');
  });

  it('is moved around by keyboard', async () => {
    await signIn(page);
    await page.getByRole('heading', { name: 'Calls now' }).waitFor();
    await goes('g', 'l', '/leads');
    await opens(page.getByRole('dialog', { name: 'Keyboard' }), '?');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('wall');
    expect(await page.getByRole('combobox', { name: 'Search' }).inputValue(), 'letters typed right after the shortcut').toBe('wall');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/wall');
  });
});

describe('leads', () => {
  it('keeps the filter in the address', async () => {
    await signIn(page);
    await page.goto('/leads?bucket=hot');
    expect(await page.getByRole('combobox', { name: 'Filter by bucket' }).inputValue()).toBe('Hot');
    await page.getByPlaceholder('Name, company, e-mail or number').fill('zzzz');
    await page.waitForURL(/q=zzzz/);
    await accessible('leads');
  });

  it('names the field that is wrong and keeps what was typed', async () => {
    await signIn(page);
    await page.getByRole('heading', { name: 'Calls now' }).waitFor();
    const form = page.getByRole('dialog', { name: 'New lead' });
    await opens(form, 'n');
    await form.getByLabel('Phone').fill('12');
    await form.getByRole('button', { name: 'Add and call' }).click();
    await form.getByText(/correction/).waitFor();
    expect(await form.getByLabel('Phone').inputValue()).toBe('12');
    expect(await form.getByLabel('Phone').getAttribute('aria-invalid')).toBe('true');
    await accessible('new lead');
  });
});

describe('talking to the AI', () => {
  it('is one click from the first screen, and says what to do without a microphone', async () => {
    await signIn(page);
    await page.getByRole('link', { name: 'Talk to the AI' }).first().click();
    await page.getByRole('heading', { name: 'You are the prospect' }).waitFor();
    await accessible('talk, light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await accessible('talk, dark');
    await page.getByRole('button', { name: 'Start talking' }).click();
    await page.getByRole('alert').getByRole('heading', { name: /microphone/i }).waitFor();
    await accessible('talk, no microphone');
  });

  it('explains a page that is not secure', async () => {
    await page.addInitScript(() => Object.defineProperty(window, 'isSecureContext', { value: false }));
    await signIn(page);
    await page.goto('/talk');
    await page.getByRole('button', { name: 'Start talking' }).click();
    await page.getByText('Browsers give the microphone to secure pages only').waitFor();
    expect(await page.getByText(/open http:\/\/localhost/).count()).toBe(1);
  });
});

describe('a lead and its call', () => {
  it('tells the story of the lead and plays the call', async (test) => {
    await signIn(page);
    const some = await someCall(page);
    if (!some) return test.skip('no call on this server yet');
    await page.goto(`/leads/${some.lead}`);
    await page.getByRole('heading', { name: 'Timeline' }).waitFor();
    await accessible('lead');
    await page.goto(`/calls/${some.call}`);
    await page.getByRole('heading', { name: 'Transcript' }).waitFor();
    await accessible('call');
    const play = page.getByRole('button', { name: 'Play', exact: true });
    if (await play.isVisible()) {
      await play.click();
      await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    }
  });

  it('says so when there is no such call', async () => {
    await signIn(page);
    await page.goto('/calls/00000000-0000-7000-8000-000000000000');
    await page.getByRole('heading', { name: /There is no such call|Transcript/ }).waitFor();
  });
});
