// The agent's window in a real browser: what the opener, a service worker from before and a hasty click can and cannot do to it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Rig, startRig } from '../../packages/client/dist/testing/agent-rig.js';
import { residentRecord } from '../../packages/client/dist/testing/resident-record.js';
import { recordActivations } from './support/activations.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import { tabTo } from './support/keyboard.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pin = 'abc123';

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** The city's page as small as it can be: a button that opens the window and posts into it. */
function cityPage(
  request: string,
  agentPort: number,
  options: { lang?: string; target?: string } = {},
): string {
  const { lang = 'ja', target = 'agent' } = options;
  const hidden = Object.entries({ request, definition: residentRecord.text, lang }).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`,
  );
  return `<!DOCTYPE html><html lang="ja"><meta charset="utf-8"><title>見本市</title>
<form method="post" enctype="multipart/form-data" target="${target}" action="http://127.0.0.1:${agentPort}/sign">${hidden.join('')}
<button>署名へ進む</button></form>
<script>
window.heard = [];
addEventListener('message', (event) => window.heard.push({ origin: event.origin, data: event.data }));
document.forms[0].addEventListener('submit', () => { window.agentWindow = open('about:blank', 'agent', 'popup,width=700,height=900'); });
</script>`;
}

describe('the window of the signing agent', {
  skip: chromiumPath === undefined && 'chromium is not installed',
}, () => {
  let rig: Rig;
  let browser: Browser;
  before(async () => {
    [rig, browser] = await Promise.all([startRig(), launchChromium()]);
  });
  after(async () => {
    await browser.close();
    await rig.close();
  });

  interface Opened {
    context: BrowserContext;
    city: Page;
    agent: Page;
  }

  /** Opens the city's page and presses the button; the agent's window comes back where it asks for the PIN, or refuses. */
  async function open(
    options: { lang?: string; width?: number; port?: number; browser?: Browser; javaScript?: boolean } = {},
  ): Promise<Opened> {
    const request = await rig.city.request();
    const javaScriptEnabled = options.javaScript ?? true;
    rig.city.state.page = cityPage(request, options.port ?? rig.agent.port, {
      lang: options.lang ?? 'ja',
      target: javaScriptEnabled ? 'agent' : '_self',
    });
    const context = await (options.browser ?? browser).newContext({
      locale: 'ja-JP',
      viewport: { width: options.width ?? 700, height: 1200 },
      javaScriptEnabled,
    });
    const city = await context.newPage();
    await city.goto(`${rig.city.origin}/form`);
    // Without scripts no window opens by itself, and a driver switches them off in a new window only after it has begun to read.
    const opened = javaScriptEnabled ? context.waitForEvent('page') : Promise.resolve(city);
    await city.getByRole('button').click();
    const agent = await opened;
    await agent.waitForURL(`http://127.0.0.1:${options.port === undefined ? rig.agent.uiPort : '*'}/**`);
    if (options.width !== undefined) await agent.setViewportSize({ width: options.width, height: 1200 });
    return { context, city, agent };
  }

  async function toConfirm(agent: Page): Promise<void> {
    await agent.getByRole('textbox').fill(pin);
    await agent.locator('#next').click();
    await agent.locator('#yes').waitFor();
  }

  async function journey(chosen: Browser) {
    const opened = await open({ browser: chosen });
    const { context, city, agent } = opened;
    const journal = await recordActivations(context);
    await agent.reload();
    await agent.getByRole('heading', { name: '見本市長 が 署名を もとめています' }).waitFor();
    await toConfirm(agent);
    await agent.locator('#yes').click();
    await agent.waitForURL('**/requests/done?receipt=2026-0001234&jti=*');
    assert.equal(journal.activations().length, 2, journal.describe());
    const heard = await city.evaluate('window.heard');
    assert.deepEqual(heard, [
      {
        origin: rig.entrance,
        data: { type: 'madoguchi-agent', state: 'here', version: '0.1.0' },
      },
    ]);
    await context.close();
  }

  test('two activations lead from the PIN to the receipt', () => journey(browser));

  test('the same from an address that Chromium holds for public', async () => {
    const strict = await launchChromium([
      `--ip-address-space-overrides=127.0.0.1:${new URL(rig.city.origin).port}=public`,
    ]);
    try {
      await journey(strict);
    } finally {
      await strict.close();
    }
  });

  test('sent before the browser asks for the next page: it goes on to the receipt all the same', async () => {
    const { context, agent } = await open();
    await agent.locator('[name=pin]').waitFor();
    await toConfirm(agent);
    const devtools = await context.newCDPSession(agent);
    await devtools.send('Network.emulateNetworkConditions', {
      ...{ offline: false, latency: 1500, downloadThroughput: -1, uploadThroughput: -1 },
    });
    const before = rig.city.state.envelopes.length;
    await agent.waitForTimeout(600);
    await agent.locator('#yes').click();
    await agent.waitForURL('**/requests/done?*');
    assert.equal(rig.city.state.envelopes.length, before + 1);
    await context.close();
  });

  test('the keyboard alone is enough, and no script is needed', async () => {
    const { context, agent } = await open();
    // The page puts the focus there itself, where the new window has it; otherwise Tab leads there.
    await agent.locator('[name=pin]').waitFor();
    await tabTo(agent, /署名用パスワード/);
    await agent.keyboard.type(pin);
    await agent.keyboard.press('Enter');
    await agent.locator('#yes').waitFor();
    await agent.waitForTimeout(600);
    await agent.locator('#yes').press('Enter');
    await agent.waitForURL('**/requests/done?*');
    await context.close();
    const plain = await open({ javaScript: false });
    await plain.agent.locator('[name=pin]').fill(pin);
    await plain.agent.locator('#next').click();
    await plain.agent.locator('#yes').waitFor();
    // Without scripts the driver cannot see that the button is still dead.
    await plain.agent.waitForTimeout(1500);
    await plain.agent.locator('#yes').click();
    await plain.agent.waitForURL('**/requests/done?*');
    await plain.context.close();
  });

  test('the opener loses the window: it cannot read, send or navigate it', async () => {
    const { context, city, agent } = await open();
    await agent.locator('[name=pin]').waitFor();
    assert.equal(await agent.evaluate('window.opener'), null);
    const address = agent.url();
    const tried = await city.evaluate(`(async () => {
      const seen = { closed: agentWindow.closed };
      try { agentWindow.location = '${rig.city.origin}/requests/fake'; } catch (error) { seen.error = error.name; }
      await new Promise((resolve) => setTimeout(resolve, 500));
      return seen;
    })()`);
    assert.deepEqual(tried, { closed: true });
    assert.equal(agent.url(), address);
    assert.ok(await agent.locator('[name=pin]').isVisible());
    await context.close();
  });

  test('a hasty click on the place of the yes does not sign', async () => {
    const slow = await startRig({ yesDelayMs: 5000 });
    const context = await browser.newContext({ viewport: { width: 700, height: 1200 } });
    try {
      const { path } = await slow.open();
      const agent = await context.newPage();
      await agent.goto(`http://127.0.0.1:${slow.agent.uiPort}${path}`);
      await toConfirm(agent);
      const first = await agent.inputValue('[name=serving]');
      await agent.evaluate("document.querySelector('#yes').click()");
      // The page comes again, as another serving, and nothing has left.
      await agent.waitForFunction(`document.querySelector('[name=serving]')?.value !== '${first}'`);
      assert.equal(slow.city.state.envelopes.length, 0);
      await agent.waitForTimeout(5500);
      await agent.locator('#yes').click();
      await agent.waitForURL('**/requests/done?*');
      assert.equal(slow.city.state.envelopes.length, 1);
    } finally {
      await context.close();
      await slow.close();
    }
  });

  test('a service worker left on the known port by an earlier program does not reach the page of the PIN', async () => {
    const squatter = createServer((incoming, answer) => {
      const worker = incoming.url === '/worker.js';
      answer.setHeader('content-type', worker ? 'text/javascript' : 'text/html');
      answer.end(worker ? wickedWorker : '<title>before</title>');
    });
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const { port } = squatter.address() as AddressInfo;
    const context = await browser.newContext({ viewport: { width: 700, height: 1000 } });
    const earlier = await context.newPage();
    await earlier.goto(`http://127.0.0.1:${port}/`);
    await earlier.evaluate(
      "navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready)",
    );
    await earlier.close();
    await new Promise<void>((resolve) => {
      squatter.close(() => resolve());
      squatter.closeAllConnections();
    });

    const late = await startRig({ port });
    try {
      const request = await late.city.request();
      late.city.state.page = cityPage(request, port);
      const city = await context.newPage();
      await city.goto(`${late.city.origin}/form`);
      const popup = context.waitForEvent('page');
      await city.getByRole('button').click();
      const first = await popup;
      // The worker's page stands where our first page should. What it forwarded to the agent was refused.
      await first.waitForFunction("document.title.startsWith('evil')");
      assert.equal(await first.title(), 'evil none');
      // Even an address it somehow learned gives it nothing: it cannot read there, type there or hold the window.
      const window = await late.open();
      const address = `http://127.0.0.1:${late.agent.uiPort}${window.path}`;
      const tried = await first.evaluate(`(${attack})(${JSON.stringify(address)})`);
      assert.deepEqual(tried, { read: 'TypeError', typed: 'TypeError', handle: 'closed' });
      const { triesLeft } = await late.triesLeft();
      assert.equal(triesLeft, 5);
      const page = context.pages().find((one) => one.url().startsWith(address));
      assert.ok(page);
      await page.locator('[name=pin]').waitFor();
      assert.equal(await page.evaluate('window.opener'), null);
      assert.equal(await page.evaluate('navigator.serviceWorker.controller'), null);
      assert.match((await page.locator('.agent-phrase').textContent()) ?? '', /青いつばめ/);
    } finally {
      await context.close();
      await late.close();
    }
  });

  test('every page passes axe in three registers and fits a narrow phone', async () => {
    for (const lang of ['ja', 'jaEasy', 'en']) {
      const { context, agent } = await open({ lang, width: 320 });
      await judged(agent, `ask ${lang}`);
      await agent.locator('[name=pin]').fill('WRONG1');
      await agent.locator('#next').click();
      await agent.locator('.error-summary').waitFor();
      await judged(agent, `wrong ${lang}`);
      await toConfirm(agent);
      await agent.waitForTimeout(600);
      await judged(agent, `confirm ${lang}`);
      rig.city.state.mood = 'busy';
      await agent.locator('#yes').click();
      await agent.locator('#again').waitFor();
      await judged(agent, `held ${lang}`);
      rig.city.state.mood = 'good';
      await agent.locator('button[formaction]').first().click();
      await agent.waitForLoadState();
      await judged(agent, `stopped ${lang}`);
      await context.close();
    }
  });
});

async function judged(page: Page, name: string): Promise<void> {
  const wide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
  assert.equal(wide, false, `${name} is wider than the screen`);
  // The page's policy forbids scripts of others; the judge comes in beside it.
  await page.evaluate(axe);
  const found = await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))',
  );
  assert.deepEqual(found, [], name);
}

/** Takes over the navigation to /sign and puts a page of its own there; its title says whether it learned the agent's next address. */
const wickedWorker = `
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  if (!event.request.url.endsWith('/sign')) return;
  event.respondWith((async () => {
    const genuine = await fetch(event.request).then((answer) => answer.text(), () => '');
    const address = /location\\.replace\\("([^"]+)"\\)/.exec(genuine)?.[1];
    return new Response('<title>evil ' + (address ?? 'none') + '</title>', { headers: { 'content-type': 'text/html' } });
  })());
});
`;

/** Runs in the wicked page. */
const attack = `async (address) => {
  const handle = window.open(address);
  const read = await fetch(address).then((answer) => answer.text(), (error) => error.name);
  const body = new URLSearchParams({ pin: 'WRONG1', card: 'demo.card' });
  const typed = await fetch(address + '/pin', { method: 'POST', mode: 'no-cors', body }).then((answer) => answer.type, (error) => error.name);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return { read, typed, handle: handle === null ? 'none' : handle.closed ? 'closed' : 'held' };
}`;
