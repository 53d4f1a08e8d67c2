// Every page of every room, as it looks: at a desk and on a phone, in three registers, with and without JavaScript.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { keepPicture } from './support/artifacts.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import { fileApplication } from './support/citizen.js';
import { freePorts } from './support/free-ports.js';
import { untilChecked } from './support/officer.js';
import { auditByAxe, auditPage, controlsOf } from './support/page-audit.js';
import { type RunningCity, startCity, temporaryFolder } from './support/running-city.js';

const widths = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const registers = ['ja', 'jaEasy', 'en'] as const;

interface Screen {
  name: string;
  url: string;
  status?: number;
  /** Without the cookies of desk and counter. */
  stranger?: boolean;
  /** What is done on the page before it is looked at. */
  act?: (page: Page) => Promise<void>;
}

async function press(page: Page, form: string): Promise<void> {
  await Promise.all([
    page.waitForEvent('load'),
    page.locator(form).first().locator('button:not([formaction])').last().click(),
  ]);
}

describe('screens', { skip: chromiumPath === undefined ? 'chromium is not installed' : false }, () => {
  let city: RunningCity;
  let remove: () => Promise<void>;
  let browser: Browser;
  /** The applicant's browser, which also holds the keys of desk and counter. */
  let staff: BrowserContext;
  let stranger: BrowserContext;
  /** The same without JavaScript. */
  let without: BrowserContext;
  let screens: Screen[] = [];

  before(async () => {
    const folder = await temporaryFolder('screens');
    remove = folder.remove;
    const port = await freePorts(3);
    city = await startCity({
      dir: folder.dir,
      args: ['--port', String(port), '--agent-port', String(port + 2)],
    });
    browser = await launchChromium();
    const { addresses } = city;
    staff = await browser.newContext({ locale: 'ja-JP' });
    const { receiptUrl } = await fileApplication(staff, addresses);
    const receipt = new URL(receiptUrl).pathname.split('/').at(-1) ?? '';
    stranger = await browser.newContext({ locale: 'ja-JP' });
    const page = await staff.newPage();
    await page.goto(addresses.desk);
    await untilChecked(page, receipt);
    await page.goto(addresses.counter);
    await page.goto(new URL('/counter?all=yes', addresses.ca).href);
    const certificate = await page.locator('a[href*="/counter/certificates/"]').first().getAttribute('href');
    await page.close();
    without = await browser.newContext({ locale: 'ja-JP', javaScriptEnabled: false });
    await without.addCookies(await staff.cookies());
    const at = (base: string, name: string, where: string, more: Partial<Screen> = {}): Screen => ({
      name,
      url: new URL(where, base).href,
      ...more,
    });
    const { portal, agency, ca } = addresses;
    screens = [
      at(portal, 'portal', ''),
      at(portal, 'portal-start', 'start'),
      at(portal, 'portal-procedures', 'procedures'),
      at(portal, 'portal-procedures-none', 'procedures?q=zzz'),
      at(portal, 'portal-readers', 'readers'),
      at(portal, 'portal-help', 'help'),
      at(portal, 'portal-figures', 'figures'),
      at(portal, 'portal-404', 'nothing-here', { status: 404 }),
      at(agency, 'city', ''),
      at(agency, 'form', 'procedures/juminhyo'),
      at(agency, 'form-attachments', 'procedures/douro-senyo'),
      at(agency, 'form-errors', 'procedures/douro-senyo', { act: (p) => press(p, 'main form') }),
      at(agency, 'look-up', 'applications'),
      at(agency, 'look-up-errors', 'applications', { act: (p) => press(p, 'main form') }),
      at(agency, 'receipt', `applications/${receipt}`),
      at(agency, 'receipt-foreign', 'applications/0000-0000', { status: 403 }),
      at(agency, 'city-404', 'nothing-here', { status: 404 }),
      at(agency, 'desk-link-used', addresses.desk, { status: 403, stranger: true }),
      at(agency, 'desk-queue', 'desk'),
      at(agency, 'desk-case', `desk/cases/${receipt}`),
      at(agency, 'desk-404', 'desk/cases/0000', { status: 404 }),
      at(ca, 'counter-link-used', addresses.counter, { status: 403, stranger: true }),
      at(ca, 'counter-first', '/counter'),
      at(ca, 'counter-list', '/counter?all=yes'),
      at(ca, 'counter-certificate', certificate ?? ''),
      at(ca, 'counter-errors', certificate ?? '', { act: (p) => press(p, 'main form') }),
      at(ca, 'counter-revoked', `${certificate}/revoked`),
      at(ca, 'counter-404', '/counter/certificates/nobody', { status: 404 }),
      at(ca, 'authority-404', '/nothing-here', { status: 404 }),
    ];
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
    await remove?.();
  });

  async function look(page: Page, screen: Screen, register: string): Promise<void> {
    const url = new URL(screen.url);
    url.searchParams.set('lang', register);
    const answer = await page.goto(url.href);
    assert.equal(answer?.status(), screen.status ?? 200, `${screen.name} ${register}`);
    await screen.act?.(page);
  }

  for (const register of registers) {
    test(`every page in ${register}: one heading, its language, nothing beside the screen, nothing for axe, no errors`, async () => {
      const pages = {
        staff: await staff.newPage(),
        stranger: await stranger.newPage(),
        without: await without.newPage(),
      };
      const faults: string[] = [];
      let now = '';
      for (const page of Object.values(pages)) {
        page.on('pageerror', (error) => faults.push(`${now}: ${error.message}`));
        page.on('console', (message) => {
          // The browser itself reports the status of pages that are meant to be errors.
          if (message.type() === 'error' && !/status of (403|404|422)/.test(message.text()))
            faults.push(`${now}: ${message.text()}`);
        });
      }
      for (const screen of screens) {
        // Forms are sent as without JavaScript, where the server finds the errors. (axe needs JavaScript.)
        const who = screen.stranger ? 'stranger' : screen.act ? 'without' : 'staff';
        const page = pages[who];
        now = `${screen.name} ${register}`;
        await page.setViewportSize(widths.desktop);
        await look(page, screen, register);
        for (const [width, viewport] of Object.entries(widths)) {
          await page.setViewportSize(viewport);
          await keepPicture(`${screen.name}-${register}-${width}`, page);
          await auditPage(page, `${now} ${width}`, register === 'en' ? 'en' : 'ja').catch((error: Error) => {
            faults.push(error.message);
          });
          // On a phone every-page.test.ts asks it, page by page.
          if (who === 'without' || width === 'phone') continue;
          await auditByAxe(page, `${now} ${width}`).catch((error: Error) => {
            faults.push(error.message);
          });
        }
      }
      for (const page of Object.values(pages)) await page.close();
      assert.deepEqual(faults, []);
    });
  }

  test('JavaScript adds and takes away no control, the signing button excepted', async () => {
    const [scripted, plain] = [await staff.newPage(), await without.newPage()];
    for (const screen of screens.filter(({ act, stranger: other }) => !act && !other)) {
      const lists = [];
      for (const page of [scripted, plain]) {
        await look(page, screen, 'ja');
        lists.push(await controlsOf(page));
      }
      assert.deepEqual(lists[0], lists[1], screen.name);
    }
    await plain.close();
    await scripted.close();
  });
});
