// The agent's own pages with the card in a PC/SC reader: the same journeys as with its image.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext } from 'playwright-core';
import { checkJourney, filesJourney } from './support/agent-pages.js';
import { desktop } from './support/artifacts.js';
import { launchChromium } from './support/browser.js';
import { inPcscNamespace } from './support/pcsc-namespace.js';
import { type RunningCity, startCity, temporaryFolder } from './support/running-city.js';

inPcscNamespace(import.meta.url, ['chromium'], () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let city: RunningCity;
  let browser: Browser;
  let context: BrowserContext;
  before(async () => {
    folder = await temporaryFolder('agent-pages-reader');
    [city, browser] = await Promise.all([startCity({ dir: folder.dir }), launchChromium()]);
    context = await browser.newContext({ locale: 'ja-JP', viewport: desktop, deviceScaleFactor: 2 });
  });
  after(async () => {
    await browser.close();
    await city.stop();
    await folder.remove();
  });

  test('files are signed at two levels, verified with the authority’s word, and a changed one is told apart', async () => {
    assert.equal(city.addresses.card.kind, 'reader', city.output());
    await filesJourney(context, city, 'agent-reader');
  });

  test('the environment check says what it finds and hands the portal its answer', () =>
    checkJourney(context, city, 'agent-reader'));
});
