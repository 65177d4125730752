import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { context, launch, signIn, someCall } from './browser.mjs';

let browser: Browser;
let shown: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  shown = await context(browser);
  page = await shown.newPage();
  await signIn(page);
});
afterEach(() => shown.close());

const accessible = (what: string) => expectAccessible(page, what);

it('takes a table: columns are named, refused rows are told', async () => {
  await page.goto('/leads');
  await page.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import leads' });
  const csv = 'Phone,First_Name,Shop\n+14155550171,Ines,Rose & Thorn\n12,Joe,Nails\n+14155550172,Kim,Bakery 5\n';
  await dialog.locator('input[type=file]').setInputFiles({ name: 'fair.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await dialog.getByRole('cell', { name: 'shop', exact: true }).waitFor();
  await accessible('import, columns');
  await dialog.getByRole('combobox', { name: 'What is shop' }).click();
  await page.getByRole('option', { name: 'Company' }).click();
  await dialog.getByRole('button', { name: 'Import 3 rows' }).click();
  await dialog.getByText('All rows are read').waitFor();
  await dialog.getByText(/1 refused/).waitFor();
  await dialog.getByRole('cell', { name: '3', exact: true }).waitFor();
  expect(await dialog.getByRole('link', { name: 'Refused rows' }).getAttribute('download')).toBe('refused-rows.csv');
  await accessible('import, report');
  await dialog.getByRole('button', { name: 'Done' }).click();
});

it('chooses some of them and names a view', async (test) => {
  await page.goto('/leads?q=a');
  const boxes = page.getByRole('checkbox', { name: /^Choose (?!all)/ });
  await page.getByRole('heading', { name: 'Leads' }).waitFor();
  await page.getByRole('button', { name: 'Save this view' }).click();
  await page.getByLabel('Name of the view').fill(`With an a ${Date.now()}`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  if ((await boxes.count()) === 0) return test.skip('no lead on this server yet');
  await boxes.first().check();
  await page.getByRole('region', { name: 'Chosen leads' }).getByText('1 chosen').waitFor();
  await accessible('leads, chosen');
  await page.getByRole('button', { name: 'Clear' }).last().click();
});

it('shows a call to somebody outside by its link', async (test) => {
  const some = await someCall(page);
  if (!some) return test.skip('no call on this server yet');
  const made = await page.request.post(`/api/v1/calls/${some.call}/share`, { data: { hours: 1 }, headers: { Origin: new URL(page.url()).origin } });
  const path = made.ok() ? ((await made.json()) as { path: string }).path : '/shared/rehearsal';
  const outside = await context(browser);
  const other = await outside.newPage();
  await other.goto(path);
  await other.getByRole('heading', { name: 'Transcript' }).waitFor();
  expect(await other.getByRole('navigation', { name: 'Main' }).count()).toBe(0);
  await expectAccessible(other, 'a shared call');
  await outside.close();
});
