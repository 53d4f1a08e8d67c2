// What a site, a log or an error could learn from the agent: nothing that was typed into it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { chromiumPath, launchChromium } from './support/browser.js';
import { freePorts } from './support/free-ports.js';
import { type RunningCity, startCity, temporaryFolder } from './support/running-city.js';

/** A password nobody has, so that a trace of it can only come from here. */
const typed = { sign: 'QZ7731XKV', auth: '8806' };

function* filesIn(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    const entry = statSync(file, { throwIfNoEntry: false });
    if (entry?.isDirectory()) yield* filesIn(file);
    else if (entry?.isFile()) yield file;
  }
}

describe('the agent of a running city', {
  skip: chromiumPath === undefined && 'chromium is not installed',
}, () => {
  let city: RunningCity;
  let remove: () => Promise<void>;
  let browser: Browser;
  before(async () => {
    const folder = await temporaryFolder('secrets');
    remove = folder.remove;
    const port = await freePorts(3);
    const args = ['--port', String(port), '--agent-port', String(port + 2)];
    [city, browser] = await Promise.all([startCity({ dir: folder.dir, args }), launchChromium()]);
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
    await remove();
  });

  test('leaves what was typed into it in no page, no address, no log and no file', async () => {
    const context = await browser.newContext({ locale: 'ja-JP' });
    const seen: string[] = [];
    context.on('request', (request) => seen.push(request.url(), JSON.stringify(request.headers())));
    const attempt = async (address: string, button: string, field: RegExp, pin: string) => {
      const page = await context.newPage();
      await page.goto(address);
      await page.waitForLoadState();
      const opened = context.waitForEvent('page');
      await page.getByRole('button', { name: button }).click();
      const agent = await opened;
      const secret = agent.getByLabel(field).first();
      await secret.waitFor();
      await secret.fill(pin);
      await agent.locator('#next').click();
      await agent.locator('.error-summary').waitFor();
      assert.match((await agent.locator('.error-summary').textContent()) ?? '', /パスワードが ちがいます/);
      assert.doesNotMatch(await agent.content(), new RegExp(pin, 'i'));
      await page.close();
      await agent.close();
    };
    const { agency } = city.addresses;
    await attempt(`${agency}procedures/juminhyo`, '署名へ進む', /署名用パスワード/, typed.sign);
    await attempt(`${agency}my`, 'カードでログインする', /利用者証明用パスワード/, typed.auth);
    await context.close();
    assert.ok(seen.length > 20);
    for (const text of [...seen, city.output()]) assert.doesNotMatch(text, new RegExp(typed.sign, 'i'));
    assert.doesNotMatch(city.output(), new RegExp(`\\b${typed.auth}\\b`));
    let looked = 0;
    for (const file of filesIn(city.dir)) {
      looked += 1;
      const bytes = readFileSync(file);
      for (const form of [typed.sign, typed.sign.toLowerCase()])
        assert.equal(bytes.indexOf(form), -1, `${file} holds a password`);
    }
    assert.ok(looked > 50, `${looked} files`);
    const log = readFileSync(path.join(city.dir, 'log.jsonl'), 'utf8');
    assert.doesNotMatch(log, new RegExp(`\\b${typed.auth}\\b|総務|太郎`));
  });

  test('cannot be framed, embedded, read or driven by a page of another origin', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(city.addresses.agency);
    const { agent, agentHome } = city.addresses;
    const tried = await page.evaluate(`(async (addresses) => {
      const results = {};
      for (const [name, address] of Object.entries(addresses)) {
        results[name] = await fetch(address).then((answer) => answer.type, (error) => error.name);
        results[name + ' typed'] = await fetch(address + '/files/sign', { method: 'POST', body: new FormData(), mode: 'no-cors' }).then((answer) => answer.type, (error) => error.name);
      }
      return results;
    })(${JSON.stringify({ door: `${agent}/status`, home: agentHome })})`);
    for (const [what, outcome] of Object.entries(tried as Record<string, string>))
      assert.match(outcome, /TypeError/, what);
    // A page that ignores its own policy: the agent's headers alone keep it out of the frame.
    const evil = await context.newPage();
    await evil.route('http://evil.example/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<iframe src="${agentHome}"></iframe><iframe src="${agent}/status"></iframe><object data="${agentHome}"></object>`,
      }),
    );
    await evil.goto('http://evil.example/');
    await evil.waitForLoadState();
    const texts = await Promise.all(evil.frames().map((frame) => frame.content().catch(() => '')));
    assert.doesNotMatch(texts.join('\n'), /合い言葉|madoguchi-agent|環境の確認/);
    await context.close();
  });
});
