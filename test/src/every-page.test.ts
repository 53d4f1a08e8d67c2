// Every page that links lead to, in every room and for every role: at 320 CSS pixels (400 % zoom of a desk's screen) with large type, in three
// registers, and what axe says of it. MADOGUCHI_PICTURES=FOLDER keeps a picture of each, at a desk and on a phone.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromiumPath, launchChromium } from './support/browser.js';
import { enterEveryRoom, everyPage } from './support/every-room.js';
import { freePorts } from './support/free-ports.js';
import { auditByAxe, auditPage } from './support/page-audit.js';
import { type RunningCity, startCity, temporaryFolder } from './support/running-city.js';

const registers = ['ja', 'jaEasy', 'en'] as const;
const zoomed = { width: 320, height: 640 };
const widths = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const pictures = process.env.MADOGUCHI_PICTURES;

/** Of each room something that only its own role comes to. */
const deep = [
  '/a/*/desk/audit',
  '/a/*/desk/cases/*',
  '/a/*/desk/officers',
  '/a/*/applications/*/withdrawal',
  '/counter/residents/*',
  '/counter/certificates/*',
  '/counter/record',
  '/admin/*',
  '/helpdesk/classes',
  '/home/*/phones',
  '/home/*/revocation',
  '/home/*/files',
  '/help/tickets',
];

describe('every page', { skip: chromiumPath === undefined ? 'chromium is not installed' : false }, () => {
  let city: RunningCity;
  let remove: () => Promise<void>;
  let browser: Browser;
  let context: BrowserContext;
  let pages: Map<string, string>;

  before(async () => {
    const folder = await temporaryFolder('pages');
    remove = folder.remove;
    const port = await freePorts(3);
    city = await startCity({
      dir: folder.dir,
      args: ['--port', String(port), '--agent-port', String(port + 2)],
    });
    browser = await launchChromium();
    context = await browser.newContext({ locale: 'ja-JP' });
    const receipt = await enterEveryRoom(context, city.addresses);
    pages = await everyPage(context, city.addresses, receipt);
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
    await remove?.();
  });

  async function look(page: Page, address: string, register: string, large: boolean): Promise<void> {
    const url = new URL(address);
    url.searchParams.set('lang', register);
    url.searchParams.set('large', large ? '1' : '0');
    assert.equal((await page.goto(url.href))?.status(), 200, url.href);
  }

  test('links lead into every corner of every room', () => {
    assert.deepEqual(
      deep.filter((kind) => !pages.has(kind)),
      [],
      [...pages.keys()].join('\n'),
    );
  });

  test('with large type in a window of 320 pixels nothing sticks out, in any register; one heading, a title, the language', async () => {
    const page = await context.newPage();
    await page.setViewportSize(zoomed);
    const faults: string[] = [];
    for (const [kind, address] of pages)
      for (const register of registers) {
        await look(page, address, register, true);
        await auditPage(page, `${kind} ${register}`, register === 'en' ? 'en' : 'ja').catch((error: Error) =>
          faults.push(error.message),
        );
      }
    await page.close();
    assert.deepEqual(faults, []);
  });

  test('axe finds nothing on any page, the registers by turns', async () => {
    const page = await context.newPage();
    const faults: string[] = [];
    let turn = 0;
    for (const [kind, address] of pages) {
      const register = registers[turn++ % registers.length] ?? 'ja';
      await page.setViewportSize(turn % 2 === 0 ? widths.desktop : widths.phone);
      await look(page, address, register, false);
      await auditByAxe(page, `${kind} ${register}`).catch((error: Error) => faults.push(error.message));
    }
    await page.close();
    assert.deepEqual(faults, []);
  });

  test('pictures of them all', {
    skip: pictures === undefined && 'MADOGUCHI_PICTURES names no folder',
  }, async () => {
    const page = await context.newPage();
    mkdirSync(pictures ?? '', { recursive: true });
    for (const [kind, address] of pages)
      for (const register of registers) {
        await look(page, address, register, false);
        for (const [width, viewport] of Object.entries(widths)) {
          await page.setViewportSize(viewport);
          const name = `${kind.replaceAll(/[^A-Za-z0-9?&]+/g, '-')}-${register}-${width}.png`;
          const picture = await page.screenshot({ fullPage: true, path: path.join(pictures ?? '', name) });
          assert.ok(picture.length > 0);
        }
      }
    await page.close();
  });
});
