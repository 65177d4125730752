/* npm run bench: what a person waits for, in a real browser against a running server. Prints numbers, judges nothing.
 *
 * First load: a fresh browser context that is signed in, until the wall is painted; script bytes as they came over the wire. Event to pixels: a closer's presence
 * changes, from the instant the event carries, and from its arrival in the page, until the frame with it is painted. */
import { base, context, launch, signIn } from './browser.mjs';

const LOADS = Number(process.env.BENCH_LOADS ?? 15);
const EVENTS = Number(process.env.BENCH_EVENTS ?? 40);

const rank = (sorted, percent) => sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)];

function print(what, values, unit) {
  const sorted = [...values].sort((a, b) => a - b);
  const [p50, p95, max] = [50, 95, 100].map((percent) => rank(sorted, percent).toFixed(0).padStart(5));
  console.log(`${what.padEnd(34)} p50 ${p50}   p95 ${p95}   max ${max} ${unit}   (${sorted.length})`);
}

async function load(browser, cookies) {
  const shown = await context(browser);
  await shown.addCookies(cookies);
  const page = await shown.newPage();
  const wire = await shown.newCDPSession(page);
  const scripts = new Set();
  let bytes = 0;
  await wire.send('Network.enable');
  wire.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId));
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => (bytes += scripts.has(requestId) ? encodedDataLength : 0));
  await page.goto('/wall', { waitUntil: 'commit' });
  await page.locator('#main h1, #main h2').first().waitFor();
  await page.locator('#main [role=status][aria-label=Loading]').waitFor({ state: 'detached' });
  const ms = await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))));
  await shown.close();
  return { ms, bytes };
}

/** In the page, before its own scripts: when an event came, and when a text was painted. */
function instrument() {
  const Source = window.EventSource;
  window.EventSource = class extends Source {
    constructor(...given) {
      super(...given);
      super.addEventListener('closer.presence', ({ data }) => {
        const event = JSON.parse(data);
        window.arrived = { word: event.data.reason, at: event.at, here: Date.now() };
      });
    }
  };
  window.painted = (word) =>
    new Promise((resolve) => {
      const look = () => {
        if (!document.body.textContent.includes(word)) return;
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve({ ...window.arrived, painted: Date.now() })));
      };
      const watch = new MutationObserver(look);
      watch.observe(document.body, { childList: true, subtree: true, characterData: true });
      look();
    });
}

async function events(page, closer) {
  const say = (presence, reason) => page.request.post(`/api/v1/closers/${closer}/presence`, { data: { presence, reason }, headers: { Origin: base } });
  const seen = [];
  for (let i = 0; i < EVENTS; i++) {
    const word = `probe ${i}.`;
    await say('available');
    const painted = page.evaluate((it) => window.painted(it), word);
    await say('away', word);
    seen.push(await painted);
  }
  return seen;
}

const browser = await launch();
const shown = await context(browser);
await shown.addInitScript(instrument);
const page = await shown.newPage();
await signIn(page);
const cookies = await shown.cookies();
const loads = [];
for (let i = 0; i < LOADS; i++) loads.push(await load(browser, cookies));
print('first load, painted', loads.map(({ ms }) => ms), 'ms');
print('script over the wire', loads.map(({ bytes }) => bytes / 1000), 'kB');
await page.goto('/wall');
await page.locator('#main h1, #main h2').first().waitFor();
const seen = await events(page, process.env.BATON_CLOSER);
print('event of its instant to pixels', seen.map(({ at, painted }) => painted - at), 'ms');
print('event in the page to pixels', seen.map(({ here, painted }) => painted - here), 'ms');
await browser.close();
