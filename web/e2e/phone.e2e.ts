/* Telephones in browsers, each with a microphone of its own. tests/e2e/t_web_phone makes the sounds and the people; without them there is nothing to test. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from './browser.mjs';
import { hears, launchWithMicrophone, openPage } from './phone.mjs';

const sounds = process.env.BATON_SOUNDS;
const secret = process.env.BATON_CLOSER_PASSWORD;
const prospectHz = 1000;
const closerHz = 600;

async function pageOf(browser: Browser, login?: string): Promise<Page> {
  const page = await openPage(browser);
  await signIn(page, login, login ? secret : undefined);
  return page;
}

async function talk(page: Page, ring: boolean) {
  await page.goto('/talk');
  if (ring) await page.getByRole('switch', { name: 'Ring the closers if I turn out hot' }).press('Space');
  await page.getByRole('button', { name: 'Start talking' }).click();
  await page.getByText('On the line with').waitFor();
}

async function takeSeat(page: Page) {
  await page.goto('/desk');
  await page.getByRole('switch', { name: 'Browser phone' }).press('Space');
  await page.getByText('Connected. Your microphone is heard in calls only.').waitFor();
  await page.getByRole('button', { name: 'Available', exact: true }).click();
  await page.getByRole('button', { name: 'Available', exact: true, pressed: true }).waitFor();
}

describe.skipIf(!sounds)('telephones in browsers', () => {
  let prospect: Browser;
  let dana: Browser;
  let wei: Browser;

  beforeAll(async () => {
    const withVoice = (who: string) => launchWithMicrophone(`${sounds}/${who}.wav`);
    [prospect, dana, wei] = await Promise.all([withVoice('prospect'), withVoice('closer'), withVoice('closer')]);
  });
  afterAll(() => Promise.all([prospect, dana, wei].map((one) => one.close())));

  it('talk to the AI: it is heard, and it hears', async () => {
    const page = await pageOf(prospect);
    await talk(page, false);
    await page.waitForFunction(() => [...document.querySelectorAll<HTMLElement>('.lvl')].some((bar, at) => at === 1 && Number(bar.style.getPropertyValue('--level')) > 0.4));
    await page.locator('.talk-turns .mine', { hasText: /person/i }).first().waitFor();
    await page.getByRole('button', { name: 'End call' }).click();
    await page.getByRole('link', { name: 'Recording and answers' }).click();
    await page.getByRole('heading', { name: 'Transcript' }).waitFor();
    await page.context().close();
  }, 120_000);

  it('a hot lead rings on the desk; Enter joins both microphones; a reload does not lose the prospect; End call ends it', async () => {
    const desk = await pageOf(dana, 'dana');
    await takeSeat(desk);
    const caller = await pageOf(prospect);
    await talk(caller, true);

    await desk.getByRole('button', { name: /Accept/ }).waitFor({ timeout: 60_000 });
    await desk.keyboard.press('Enter');
    const [toProspect, toCloser] = await Promise.all([hears(caller, closerHz), hears(desk, prospectHz)]);
    console.log(`from Enter to a beep at the prospect ${Math.round(toProspect)} ms, at the closer ${Math.round(toCloser)} ms (their beeps have pauses)`);
    await desk.getByRole('toolbar', { name: 'Softphone' }).waitFor();

    await desk.reload();
    const back = await hears(caller, closerHz);
    await hears(desk, prospectHz);
    console.log(`reload to audio: ${Math.round(back)} ms`);

    await desk.getByRole('button', { name: /^Mute/ }).click();
    await desk.getByRole('button', { name: 'Unmute' }).click();
    await desk.getByRole('button', { name: 'End call' }).click();
    await caller.getByRole('heading', { name: 'That was the call' }).waitFor();
    await Promise.all([desk.context().close(), caller.context().close()]);
  }, 240_000);

  it('rings in one window at a time', async () => {
    const first = await pageOf(dana, 'dana');
    await takeSeat(first);
    const second = await pageOf(wei, 'dana');
    await takeSeat(second);
    await first.getByText('Your phone is in another window.').waitFor();
    await first.getByRole('button', { name: 'Use it here' }).click();
    await second.getByText('Your phone is in another window.').waitFor();
    await first.getByText('Connected. Your microphone is heard in calls only.').waitFor();
    await Promise.all([first, second].map((one) => one.context().close()));
  }, 120_000);

  it('of two who accept at once, one has the call', async () => {
    const manager = await pageOf(prospect);
    for (const id of (process.env.BATON_UNREACHABLE ?? '').split(' ')) await manager.request.post(`/api/v1/closers/${id}/presence`, { data: { presence: 'available' } });
    const desks = await Promise.all([pageOf(dana, 'dana'), pageOf(wei, 'wei')]);
    await Promise.all(desks.map(takeSeat));
    const caller = await pageOf(prospect);
    await talk(caller, true);
    await Promise.all(desks.map((desk) => desk.getByRole('button', { name: /Accept/ }).waitFor({ timeout: 60_000 })));
    await Promise.all(desks.map((desk) => desk.keyboard.press('Enter')));
    await hears(caller, closerHz);
    await Promise.race(desks.map((desk) => desk.getByRole('toolbar', { name: 'Softphone' }).waitFor()));
    await Promise.all(desks.map((desk) => desk.getByRole('button', { name: /Accept/ }).waitFor({ state: 'detached' })));
    const inCall = await Promise.all(desks.map((desk) => desk.getByRole('toolbar', { name: 'Softphone' }).count()));
    expect(inCall.reduce((sum, one) => sum + one, 0)).toBe(1);
    await caller.getByRole('button', { name: 'End call' }).click();
    await Promise.all([...desks, caller, manager].map((one) => one.context().close()));
  }, 240_000);
});
