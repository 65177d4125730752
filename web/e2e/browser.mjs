import { chromium } from 'playwright-core';
export const base = process.env.BATON_URL ?? 'http://127.0.0.1:5173';
const user = process.env.BATON_USER ?? 'admin';
const password = process.env.BATON_PASSWORD ?? 'rehearsal';
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
export function context(browser, { width = 1440, height = 900, scheme = 'light' } = {}) {
  return browser.newContext({ baseURL: base, viewport: { width, height }, colorScheme: scheme, reducedMotion: 'reduce', locale: 'en-GB' });
}
/** Signs in through the page, as a person does. */
export async function signIn(page, login = user, secret = password) {
  await page.goto('/');
  await page.getByLabel('Login').fill(login);
  await page.getByRole('textbox', { name: 'Password' }).fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}
/** The newest call that has a recording, and its lead; null on an empty server. */
export async function someCall(page) {
  const answer = await page.request.get('/api/v1/calls?limit=50');
  const { items = [] } = answer.ok() ? await answer.json() : {};
  const best = [...items].sort((a, b) => (b.score ?? -1) - (a.score ?? -1))[0];
  return best ? { call: best.id, lead: best.lead_id } : null;
}
