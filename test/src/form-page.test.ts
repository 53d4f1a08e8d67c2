// The form page's island in a real browser: what leaves for the agent, what the reader is told, and that nothing typed is lost.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { recordActivations } from './support/activations.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import {
  claimsOf,
  type FormCity,
  type ListeningAgent,
  startFormCity,
  startListeningAgent,
} from './support/form-city.js';
import { fillRoadPermission } from './support/road-permission.js';
import { samplePaper } from './support/sample-files.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const toSigning = (page: Page) => page.getByRole('button', { name: '署名へ進む' });
const told = (page: Page, state: string) => page.locator(`[data-state="${state}"]`).waitFor();

async function openProcedure(browser: Browser, city: FormCity, name = '住民票の写しの交付申請') {
  const context = await browser.newContext({ locale: 'ja-JP', viewport: { width: 1000, height: 1400 } });
  const journal = await recordActivations(context);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(city.home);
  await page.getByRole('link', { name }).click();
  // The script is there when what only it shows is there; before that a press goes to the server, as without a script.
  await page.locator('#stop-note').waitFor();
  return { context, page, journal, faults };
}

describe('the form page hands over to the agent', {
  skip: chromiumPath === undefined && 'chromium is not installed',
}, () => {
  let browser: Browser;
  let agent: ListeningAgent;
  let city: FormCity;
  before(async () => {
    agent = await startListeningAgent();
    [browser, city] = await Promise.all([launchChromium(), startFormCity(agent.origin)]);
  });
  after(async () => {
    await browser.close();
    await Promise.all([city.close(), agent.close()]);
  });

  async function journey(chosen: Browser) {
    const { context, page, journal, faults } = await openProcedure(chosen, city);
    await page.fill('[name=copies]', '２');
    await toSigning(page).click();
    const delivery = await agent.next();
    assert.equal(delivery.path, '/sign');
    assert.equal(delivery.origin, new URL(city.home).origin);
    const request = String(delivery.form.get('request'));
    const claims = claimsOf(request);
    assert.equal(claims.answers.copies, '2');
    const definition = Buffer.from(String(delivery.form.get('definition')));
    assert.equal(createHash('sha256').update(definition).digest('hex'), claims.procedure.digest);
    await told(page, 'working');
    await city.arrive(request);
    await page.waitForURL('**/applications/*');
    await page.getByRole('heading', { name: '申請が届きました' }).waitFor();
    assert.equal(journal.activations().length, 2, journal.describe());
    assert.deepEqual(faults, []);
    await page.goto(`${city.home}procedures/juminhyo`);
    assert.equal(await page.inputValue('[name=copies]'), '1', 'the draft is gone after arrival');
    await context.close();
  }

  test('two activations lead from the city to the agent, and the page follows to the receipt', () =>
    journey(browser));

  test('a post code brings its address, by Enter and by choosing, and the cursor is where the number goes', async () => {
    const { context, page, faults } = await openProcedure(browser, city, '道路占用許可申請');
    await page.getByText('郵便番号から住所を入れる').click();
    const code = page.getByLabel('郵便番号', { exact: true });
    await code.fill('１００－０００１');
    await code.press('Enter');
    await page.getByText('「東京都千代田区千代田」を入れました').waitFor();
    assert.equal(await page.inputValue('[name=place]'), '東京都千代田区千代田');
    await page.keyboard.type('1-1');
    assert.equal(await page.inputValue('[name=place]'), '東京都千代田区千代田1-1');
    await code.fill('4980000');
    await page.getByRole('button', { name: '住所を入れる', exact: true }).click();
    await page.getByRole('button', { name: '三重県桑名郡木曽岬町' }).click();
    assert.equal(await page.inputValue('[name=place]'), '三重県桑名郡木曽岬町');
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('the same from an address that Chromium holds for public: no prompt, nothing blocked', async () => {
    const strict = await launchChromium([`--ip-address-space-overrides=127.0.0.1:${city.port}=public`]);
    try {
      await journey(strict);
    } finally {
      await strict.close();
    }
  });

  test('files reach the agent as they were chosen, and are named in the request', async () => {
    const { context, page } = await openProcedure(browser, city, '道路占用許可申請');
    await page.fill('[name=place]', '中央一丁目');
    await page.check('[name=object][value=other]');
    await page.fill('[name=objectOther]', 'ベンチ');
    await page.fill('[name=from]', '令和8年12月1日');
    await page.fill('[name=until]', '2026/12/3');
    await fillRoadPermission(page);
    const buffer = samplePaper();
    await page.setInputFiles('[name=map]', { name: '位置図.pdf', mimeType: 'application/pdf', buffer });
    await toSigning(page).click();
    const { form } = await agent.next();
    const [file] = form.getAll('attachment');
    assert.ok(file instanceof File);
    assert.equal(file.name, '位置図.pdf');
    assert.equal(Buffer.compare(Buffer.from(await file.arrayBuffer()), buffer), 0);
    const claims = claimsOf(String(form.get('request')));
    assert.deepEqual(claims.attachments, [
      {
        name: '位置図.pdf',
        size: buffer.length,
        sha256: createHash('sha256').update(buffer).digest('hex'),
        rule: 'map',
      },
    ]);
    assert.equal(claims.answers.from, '2026-12-01');
    assert.equal(claims.answers.until, '2026-12-03');
    await context.close();
  });

  test('wrong answers: the summary has the focus, no window stays open, and after the correction it goes on', async () => {
    const { context, page } = await openProcedure(browser, city);
    await page.fill('[name=copies]', '11');
    await page.fill('[name=purpose]', '勤め先');
    await toSigning(page).click();
    await page.locator('.error-summary').waitFor();
    await page.locator('.error-summary:focus').waitFor();
    assert.match(await page.title(), /^エラー/);
    assert.equal(await page.inputValue('[name=purpose]'), '勤め先');
    assert.equal(context.pages().length, 1);
    await page.fill('[name=copies]', '3');
    await toSigning(page).click();
    await agent.next();
    await told(page, 'working');
    assert.equal(await page.locator('.error-summary').count(), 0);
    await context.close();
  });

  test('the city down at the press: it says so, closes the window and keeps what was typed', async () => {
    const { context, page } = await openProcedure(browser, city);
    await page.fill('[name=purpose]', '勤め先に出す');
    await page.route('**/request', (route) => route.abort());
    await toSigning(page).click();
    await told(page, 'failed');
    assert.equal(context.pages().length, 1);
    assert.equal(await page.inputValue('[name=purpose]'), '勤め先に出す');
    await page.reload();
    assert.equal(await page.inputValue('[name=purpose]'), '勤め先に出す');
    const other = await context.newPage();
    await other.goto(page.url());
    assert.equal(await other.inputValue('[name=purpose]'), '', 'not left on the device unasked');
    await context.close();
  });

  test('a request that has run out is told; what was signed in time still leads to the receipt', async () => {
    const { context, page } = await openProcedure(browser, city);
    let expired = true;
    await page.route('**/status', (route) =>
      expired ? route.fulfill({ json: { state: 'expired' } }) : route.continue(),
    );
    await toSigning(page).click();
    const { form } = await agent.next();
    await told(page, 'expired');
    await city.arrive(String(form.get('request')));
    expired = false;
    await page.waitForURL('**/applications/*');
    await context.close();
  });

  test('a stopped pop-up is told, and nothing was sent', async () => {
    const { context, page } = await openProcedure(browser, city);
    await page.evaluate('window.open = () => null');
    await toSigning(page).click();
    await told(page, 'blocked');
    await context.close();
  });

  test('stopping keeps the draft on this device; it can be removed', async () => {
    const { context, page } = await openProcedure(browser, city);
    await page.fill('[name=purpose]', '子どもの学校');
    await page.check('input[value=household]');
    await page.getByRole('link', { name: '途中でやめる' }).click();
    await page.getByRole('link', { name: '住民票の写しの交付申請' }).click();
    // The page is there before its script, which puts the draft in.
    await page.waitForFunction(`document.querySelector('[name=purpose]')?.value === '子どもの学校'`);
    assert.ok(await page.isChecked('input[value=household]'));
    await page.getByRole('button', { name: 'この端末から消す' }).click();
    assert.equal(await page.inputValue('[name=purpose]'), '');
    await page.reload();
    assert.equal(await page.inputValue('[name=purpose]'), '');
    await context.close();
  });

  test('axe finds nothing on the form, its errors and the look-up', async () => {
    const { context, page } = await openProcedure(browser, city);
    const check = async (name: string) => {
      await page.evaluate(axe);
      const violations = await page.evaluate(async () => {
        const { axe: run } = globalThis as unknown as {
          axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        return (await run.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
      });
      assert.deepEqual(violations, [], name);
    };
    await check('form');
    await page.fill('[name=copies]', '11');
    await toSigning(page).click();
    await page.locator('.error-summary').waitFor();
    await check('errors');
    await page.goto(`${city.home}applications`);
    await check('look-up');
    await page.goto(city.home);
    await check('home');
    await context.close();
  });

  test('without JavaScript the answers are checked and kept; the page says what signing needs', async () => {
    const context = await browser.newContext({ locale: 'ja-JP', javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${city.home}procedures/juminhyo`);
    await page.fill('[name=copies]', '99');
    await toSigning(page).click();
    await page.locator('.error-summary').waitFor();
    assert.equal(await page.inputValue('[name=copies]'), '99');
    await page.fill('[name=copies]', '2');
    await toSigning(page).click();
    await page.getByText('書いた内容に誤りはありません').waitFor();
    assert.equal(await page.inputValue('[name=copies]'), '2');
    await context.close();
  });
});

test('no agent: the page says how to get it and loses nothing', {
  skip: chromiumPath === undefined && 'chromium is not installed',
}, async () => {
  // Port 1 of this machine: nobody listens there.
  const [browser, city] = await Promise.all([launchChromium(), startFormCity('http://127.0.0.1:2')]);
  try {
    const { page } = await openProcedure(browser, city);
    await page.fill('[name=purpose]', '勤め先');
    await toSigning(page).click();
    await told(page, 'no-agent');
    assert.ok(await page.getByRole('link', { name: '署名クライアントの入れ方を見る' }).isVisible());
    assert.equal(await page.inputValue('[name=purpose]'), '勤め先');
  } finally {
    await browser.close();
    await city.close();
  }
});

test('an agent that refuses is not taken for one that is missing', {
  skip: chromiumPath === undefined && 'chromium is not installed',
}, async () => {
  const agent = await startListeningAgent('refused');
  const [browser, city] = await Promise.all([launchChromium(), startFormCity(agent.origin)]);
  try {
    const { page, context } = await openProcedure(browser, city);
    await toSigning(page).click();
    await told(page, 'refused');
    assert.equal(context.pages().length, 2);
  } finally {
    await browser.close();
    await city.close();
    await agent.close();
  }
});
