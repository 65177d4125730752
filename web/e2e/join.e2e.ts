/* A manager joins a call that a closer has. tests/e2e/t_web_join makes the call, listens on both telephones, and hangs up. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from './browser.mjs';
import { hears, launchWithMicrophone, openPage } from './phone.mjs';

const call = process.env.BATON_JOIN_CALL;
const sound = process.env.BATON_JOIN_SOUND ?? '';
const prospectHz = 1000;

describe.skipIf(!call)('a manager', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchWithMicrophone(sound);
  });
  afterAll(() => browser.close());

  it('listens without a microphone, whispers, barges in, and is let go when the call is over', async () => {
    const page = await openPage(browser);
    await page.addInitScript(() => {
      const asked = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = (wanted) => (document.body.setAttribute('data-microphone', 'asked'), asked(wanted));
    });
    await signIn(page);
    await page.goto(`/calls/${call}`);
    await page.getByRole('button', { name: 'Listen' }).click();
    await page.getByText('You hear both. Nobody hears you.').waitFor();
    await hears(page, prospectHz);
    expect(await page.locator('body').getAttribute('data-microphone')).toBeNull();
    await page.getByRole('button', { name: 'Whisper' }).click();
    await page.getByText('Only Uma hears you. It is not recorded.').waitFor();
    await page.getByRole('button', { name: 'Barge in' }).click();
    await page.getByText('Both hear you. It is recorded.').waitFor();
    await page.getByRole('group', { name: 'How to join' }).waitFor({ state: 'detached', timeout: 60_000 });
  });
});
