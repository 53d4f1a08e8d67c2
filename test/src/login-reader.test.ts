// The same login with the card in a PC/SC reader.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { desktop } from './support/artifacts.js';
import { launchChromium } from './support/browser.js';
import { loginJourney } from './support/login.js';
import { inPcscNamespace } from './support/pcsc-namespace.js';
import { type RunningCity, startCity, temporaryFolder } from './support/running-city.js';

inPcscNamespace(import.meta.url, ['chromium'], () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let city: RunningCity;
  let browser: Browser;
  before(async () => {
    folder = await temporaryFolder('login-reader');
    [city, browser] = await Promise.all([startCity({ dir: folder.dir }), launchChromium()]);
  });
  after(async () => {
    await browser.close();
    await city.stop();
    await folder.remove();
  });

  test('three activations and one password lead to the applications of this card, in a reader', async () => {
    assert.equal(city.addresses.card.kind, 'reader', city.output());
    const context = await browser.newContext({ locale: 'ja-JP', viewport: desktop, deviceScaleFactor: 2 });
    await loginJourney(context, city.addresses, 'reader');
    await context.close();
  });
});
