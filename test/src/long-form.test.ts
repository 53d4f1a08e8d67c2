// A long form in a real browser: steps, rows, questions under conditions, the draft, and what leaves for the agent.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { recordActivations } from './support/activations.js';
import { desktop, takePictures } from './support/artifacts.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import {
  claimsOf,
  type FormCity,
  type ListeningAgent,
  startFormCity,
  startListeningAgent,
} from './support/form-city.js';
import { auditByAxe, auditPage } from './support/page-audit.js';

const next = (page: Page) => page.getByRole('button', { name: '次へ' });

/** The script of this page runs: what only it shows is there. */
const ready = (page: Page) => page.locator('#stop-note').waitFor();

async function fillClaimant(page: Page) {
  await page.fill('[name=kana]', 'ソウム　タロウ');
  await page.check('[name=reason][value=birth]');
  await page.fill('[name=reasonDay]', '令和8年11月20日');
  await page.fill('[name=telephone]', '０９９-０００-００００');
  await page.check('[name=occupation][value=employee]');
  await page.check('[name=pension][value=employees]');
  await page.fill('[name=spouseName]', '総務　花子');
  await page.fill('[name=spouseBirth]', '昭和55年7月7日');
  await page.check('[name=spouseOccupation][value=none]');
}

async function fillChild(page: Page, row: number, name: string, kana: string, birth: string) {
  await page.fill(`[name="children.${row}.name"]`, name);
  await page.fill(`[name="children.${row}.kana"]`, kana);
  await page.fill(`[name="children.${row}.birth"]`, birth);
}

async function fillPayment(page: Page) {
  await page.fill('[name=bank]', '見本銀行');
  await page.fill('[name=branch]', '本店');
  await page.fill('[name=accountNumber]', '１２３４５６７');
  await page.fill('[name=accountName]', 'ソウム　タロウ');
  await page.check('[name=consent]');
}

describe('a long form', { skip: chromiumPath === undefined && 'chromium is not installed' }, () => {
  let browser: Browser;
  let agent: ListeningAgent;
  let city: FormCity;
  before(async () => {
    agent = await startListeningAgent();
    [browser, city] = await Promise.all([launchChromium(), startFormCity(agent.origin)]);
  });
  after(async () => {
    await browser.close();
    await city.close();
    await agent.close();
  });

  async function open(title = '児童手当の認定請求') {
    const context = await browser.newContext({ locale: 'ja-JP', viewport: desktop });
    const journal = await recordActivations(context);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(city.home);
    await page.getByRole('link', { name: title }).click();
    await ready(page);
    return { context, page, journal, faults };
  }

  test('is filled in step by step with few activations, and everything typed is signed', async () => {
    const { context, page, journal, faults } = await open();
    await page.locator('[name=spouseAddress]').waitFor({ state: 'hidden' });
    await page.check('[name=spouseHome][value=apart]');
    await page.locator('[name=spouseAddress]').waitFor({ state: 'visible' });
    await page.check('[name=spouseHome][value=together]');
    await page.locator('[name=spouseAddress]').waitFor({ state: 'hidden' });
    await fillClaimant(page);
    await takePictures('long-form-1', page);
    await next(page).click();
    await page.getByRole('heading', { name: '子ども', exact: true }).waitFor();
    await ready(page);
    await fillChild(page, 0, '総務　一郎', 'ソウム　イチロウ', '平成30年5月5日');
    await page.getByRole('button', { name: 'もう1つ書く' }).first().click();
    await fillChild(page, 1, '総務　二葉', 'ソウム　フタバ', '2026/11/20');
    await takePictures('long-form-2', page);
    await auditPage(page, 'the children', 'ja');
    await auditByAxe(page, 'the children');
    await next(page).click();
    await page.getByRole('heading', { name: '振込先と同意' }).waitFor();
    await ready(page);
    await fillPayment(page);
    await takePictures('long-form-3', page);
    await page.getByRole('button', { name: '署名へ進む' }).click();
    const { form } = await agent.next();
    const { answers } = claimsOf(String(form.get('request')));
    assert.equal(answers.reasonDay, '2026-11-20');
    assert.equal(answers['children.0.name'], '総務　一郎');
    assert.equal(answers['children.1.birth'], '2026-11-20');
    assert.equal(answers.accountNumber, '1234567');
    assert.equal(answers.consent, 'yes');
    assert.equal('spouseAddress' in answers, false);
    // Choosing the procedure, two steps, one more child, and on to the signature; password and yes are still to come.
    // Answers are not counted: choosing the procedure, two steps, one more child, on to the signature; password and yes are still to come.
    const pressed = journal
      .activations()
      .filter(({ target }) => /児童手当|次へ|もう1つ書く|署名へ進む/.test(target));
    assert.equal(pressed.length, 5, journal.describe());
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('goes back without losing anything, and a reload goes on where the draft stands', async () => {
    const { context, page } = await open();
    await fillClaimant(page);
    await next(page).click();
    await fillChild(page, 0, '総務　一郎', 'ソウム　イチロウ', '平成30年5月5日');
    await page.getByRole('button', { name: 'もどる' }).click();
    assert.equal(await page.inputValue('[name=spouseName]'), '総務　花子');
    await next(page).click();
    assert.equal(await page.inputValue('[name="children.0.name"]'), '総務　一郎');
    await page.goto(`${city.home}procedures/jido-teate`);
    await ready(page);
    await page.getByRole('button', { name: 'つづきから書く' }).click();
    await page.getByRole('heading', { name: '請求する人' }).waitFor();
    await next(page).click();
    assert.equal(await page.inputValue('[name="children.0.name"]'), '総務　一郎');
    await context.close();
  });

  test('a row that is taken out leaves no gap, and one left blank is not signed', async () => {
    const { context, page } = await open();
    await fillClaimant(page);
    await next(page).click();
    await page.getByRole('heading', { name: '子ども', exact: true }).waitFor();
    await ready(page);
    await page.getByRole('button', { name: 'もう1つ書く' }).first().click();
    await page.getByRole('button', { name: 'もう1つ書く' }).first().click();
    await fillChild(page, 0, 'まちがい', 'マチガイ', '2020-01-01');
    await fillChild(page, 2, '総務　二葉', 'ソウム　フタバ', '2026-11-20');
    await page.getByRole('button', { name: 'これを消す' }).first().click();
    assert.deepEqual(await page.locator('.group-row > legend', { hasText: /人目の子$/ }).allTextContents(), [
      '1人目の子',
      '2人目の子',
    ]);
    await next(page).click();
    await page.getByRole('heading', { name: '振込先と同意' }).waitFor();
    await ready(page);
    await fillPayment(page);
    await page.getByRole('button', { name: '署名へ進む' }).click();
    const { form } = await agent.next();
    const { answers } = claimsOf(String(form.get('request')));
    assert.equal(answers['children.0.name'], '総務　二葉');
    assert.equal('children.1.name' in answers, false);
    await context.close();
  });

  test('a sum on the page counts no row that is left blank, as the one that is signed does not', async () => {
    const { context, page, faults } = await open('国民健康保険の加入届');
    const sum = page.locator('[data-total-name=count]');
    const holds = async (words: RegExp) => assert.match((await sum.textContent()) ?? '', words);
    await holds(/^1\s*人$/);
    await page.fill('[name="members.0.name"]', '総務　花子');
    await holds(/^2\s*人$/);
    await page.getByRole('button', { name: 'もう1つ書く' }).first().click();
    await holds(/^2\s*人$/);
    await page.check('[name=self][value=no]');
    await holds(/^1\s*人$/);
    await page.fill('[name="members.0.name"]', '');
    await holds(/^0\s*人$/);
    assert.deepEqual(faults, []);
    await context.close();
  });
});
