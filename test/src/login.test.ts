// Login by card in a real browser, with the card's image: from マイページ over the agent's window back to the holder's own applications.
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { desktop } from './support/artifacts.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import { freePorts } from './support/free-ports.js';
import { enterCounter, loginJourney } from './support/login.js';
import { type RunningCity, startCity, temporaryFolder } from './support/running-city.js';

describe('login by card', { skip: chromiumPath === undefined && 'chromium is not installed' }, () => {
  let city: RunningCity;
  let remove: () => Promise<void>;
  let browser: Browser;
  before(async () => {
    const folder = await temporaryFolder('login');
    remove = folder.remove;
    const port = await freePorts(3);
    const args = ['--port', String(port), '--agent-port', String(port + 2)];
    // The city's address counts as public: what works here works from the Internet too.
    const flag = `--ip-address-space-overrides=127.0.0.1:${port}=public`;
    [city, browser] = await Promise.all([startCity({ dir: folder.dir, args }), launchChromium([flag])]);
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
    await remove();
  });

  test('three activations and one password lead to the applications of this card, from a public address too', async () => {
    const context = await browser.newContext({ locale: 'ja-JP', viewport: desktop, deviceScaleFactor: 2 });
    await loginJourney(context, city.addresses, 'image');
    await context.close();
  });

  test('a clerk enters the counter by a card of their own in two activations and one PIN; the demo’s clerk card stands first, and only there', async () => {
    const context = await browser.newContext({ locale: 'ja-JP', viewport: desktop, deviceScaleFactor: 2 });
    await enterCounter(context, city.addresses);
    await context.close();
  });
});
