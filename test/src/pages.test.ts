/** The portal's pages and the gallery of all components in a real browser: for eyes, keyboards and zoom of every kind. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { chromiumPath, launchChromium } from './support/browser.js';
import { auditPage, auditReflow, patienceMs } from './support/page-audit.js';

const skip = chromiumPath === undefined ? 'chromium is not installed' : false;

let browser: Browser;
const children: ChildProcess[] = [];
let portal = '';
let gallery = '';

/** Starts a server that prints its address. */
async function serve(file: string): Promise<string> {
  const script = fileURLToPath(new URL(`../../packages/${file}`, import.meta.url));
  const child = spawn(process.execPath, [script, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return line.toString().trim();
}

before(async () => {
  if (skip) return;
  browser = await launchChromium();
  portal = await serve('portal/dist/testing/serve-portal.js');
  gallery = await serve('ui/dist/testing/serve-gallery.js');
});

after(async () => {
  await browser?.close();
  for (const child of children) child.kill();
});

const paths = ['', 'start', 'start?step=2', 'start?step=3', 'procedures', 'readers', 'help', 'figures'];

function withQuery(address: string, query: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}${query}`;
}

test('every component is accessible in every register', { skip }, async () => {
  const faults: string[] = [];
  for (const query of ['lang=ja', 'lang=jaEasy', 'lang=en&large=1']) {
    faults.push(...(await auditPage(browser, withQuery(gallery, query))));
  }
  assert.deepEqual(faults, []);
});

test('every page of the portal is accessible, and fits a narrow screen in every register', {
  skip,
}, async () => {
  const faults: string[] = [];
  for (const path of paths) faults.push(...(await auditPage(browser, withQuery(portal + path, 'lang=ja'))));
  for (const query of ['lang=ja&furigana=1', 'lang=jaEasy&large=1', 'lang=en']) {
    faults.push(
      ...(await auditReflow(
        browser,
        paths.map((path) => withQuery(portal + path, query)),
      )),
    );
  }
  assert.deepEqual(faults, []);
});

test('without JavaScript the visitor gets from the first page through set-up, and changes the language', {
  skip,
}, async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  await page.goto(portal);
  await page.getByRole('link', { name: 'はじめての方は、準備から' }).click();
  await page.getByRole('link', { name: 'あります。次へ' }).click();
  await page.getByRole('link', { name: 'つなぎました。次へ' }).click();
  assert.match(await page.title(), /^準備 3\/3/);
  await page.getByRole('link', { name: 'English' }).click();
  assert.match(await page.title(), /^Getting ready 3\/3/);
  await page.getByRole('link', { name: 'Procedures', exact: true }).click();
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  await context.close();
});

test('nothing of a page is blocked by its own security policy', { skip }, async () => {
  const page = await browser.newPage();
  page.setDefaultTimeout(patienceMs);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('requestfailed', (request) => complaints.push(request.url()));
  for (const address of [portal, gallery]) await page.goto(address);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('the error summary has the focus, and its link leads into the field', { skip }, async () => {
  const page = await browser.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(gallery);
  assert.equal(await page.evaluate('document.activeElement.className'), 'error-summary');
  await page.getByRole('link', { name: '何通かを' }).click();
  assert.equal(await page.evaluate('document.activeElement.name'), 'copies');
  await page.close();
});

test('a PIN can be shown and pasted, and is hidden again before it is sent', { skip }, async () => {
  const page = await browser.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(gallery);
  const field = page.locator('input[name=pin]');
  await field.fill('ABC123');
  await page.getByRole('button', { name: '文字を見る' }).click();
  assert.equal(await field.getAttribute('type'), 'text');
  await page.getByRole('button', { name: '文字をかくす' }).click();
  assert.equal(await field.getAttribute('type'), 'password');
  await page.close();
});
