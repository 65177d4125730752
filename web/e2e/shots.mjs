/* npm run shots -- FOLDER: every page in both themes at desk and phone width. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { base, context, launch, signIn, someCall } from './browser.mjs';
const folder = process.argv[2] ?? 'shots';
const only = process.argv[3];
mkdirSync(folder, { recursive: true });
const browser = await launch();
for (const scheme of ['light', 'dark']) {
  for (const width of [1440, 390]) {
    const shown = await context(browser, { width, height: width > 400 ? 900 : 844, scheme });
    const page = await shown.newPage();
    const name = (what) => join(folder, `${what}-${scheme}-${width}.png`);
    await page.goto('/');
    await page.getByLabel('Login').waitFor();
    if (!only || only === 'login') await page.screenshot({ path: name('login') });
    await signIn(page);
    const some = await someCall(page);
    const places = [
      ['wall', '/wall'],
      ['leads', '/leads'],
      ['calls', '/calls'],
      ['desk', '/desk'],
      ['desk-call', '/desk', 'call'],
      ['desk-after', '/desk', 'after'],
      ['desk-free', '/desk', 'free'],
      ['settings', '/settings'],
      ['shared', '/shared/token'],
      ...(some
        ? [
            ['lead', `/leads/${some.lead}`],
            ['call', `/calls/${some.call}`],
          ]
        : []),
    ];
    for (const [what, path, scene] of places) {
      if (!what || !path || (only && only !== what)) continue;
      await shown.addCookies([{ name: 'scene', value: scene ?? 'offer', url: base }]); // heard by the rehearsal alone
      await page.goto(path);
      await page.locator('#main h1, #main h2').first().waitFor();
      await page.locator('#main [role=status][aria-label=Loading]').waitFor({ state: 'detached' });
      await page.evaluate(() => document.fonts.ready);
      await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => undefined); // the event stream never ends
      if (await page.locator('.wf').count()) await page.locator('.wf canvas').first().waitFor();
      await page.screenshot({ path: name(what), fullPage: (await page.evaluate(() => document.body.scrollHeight)) < 4000 });
    }
    await shown.close();
  }
}
await browser.close();
