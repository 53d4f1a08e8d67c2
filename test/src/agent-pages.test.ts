// The agent's own pages over a running city, with the card's image. The same with the card in a reader: agent-pages-reader.test.ts.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext } from 'playwright-core';
import { checkJourney, filesJourney } from './support/agent-pages.js';
import { desktop } from './support/artifacts.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import { freePorts } from './support/free-ports.js';
import { type RunningCity, startCity, temporaryFolder } from './support/running-city.js';

describe('the agent’s own pages with the card’s image', {
  skip: chromiumPath === undefined && 'chromium is not installed',
}, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let city: RunningCity;
  let browser: Browser;
  let context: BrowserContext;
  before(async () => {
    folder = await temporaryFolder('agent-pages');
    const port = await freePorts(3);
    const args = ['--port', String(port), '--agent-port', String(port + 2)];
    [city, browser] = await Promise.all([startCity({ dir: folder.dir, args }), launchChromium()]);
    context = await browser.newContext({ locale: 'ja-JP', viewport: desktop, deviceScaleFactor: 2 });
  });
  after(async () => {
    await browser.close();
    await city.stop();
    await folder.remove();
  });

  test('files are signed at two levels, verified with the authority’s word, and a changed one is told apart', async () => {
    assert.equal(city.addresses.card.kind, 'image', city.output());
    await filesJourney(context, city, 'agent-image');
  });

  test('the environment check says what it finds and hands the portal its answer', () =>
    checkJourney(context, city, 'agent-image'));
});
