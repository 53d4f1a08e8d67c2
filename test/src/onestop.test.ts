// 自動車OSS with a co-owner, two cards, through the running city: one files, the other follows a link and signs the very same application, three offices decide,
// and both see one progress.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { recordActivations } from './support/activations.js';
import { takePictures } from './support/artifacts.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import { fileApplication, signAndSend } from './support/citizen.js';
import { freePorts } from './support/free-ports.js';
import { auditByAxe } from './support/page-audit.js';
import {
  type Addresses,
  madoguchi,
  type RunningCity,
  startCity,
  temporaryFolder,
} from './support/running-city.js';

const numberOf = (url: string) => new URL(url).pathname.split('/').at(-1) ?? '';
const run = promisify(execFile);

/** Loads a page again until it says this: verification is a job of its own. */
async function untilSays(page: Page, words: string): Promise<void> {
  while ((await page.getByText(words).count()) === 0) {
    await page.waitForTimeout(200);
    await page.reload();
  }
}

/** The page as it is in plain Japanese and in English, too. */
async function inAllRegisters(name: string, page: Page): Promise<void> {
  await look(name, page);
  const address = page.url();
  for (const lang of ['jaEasy', 'en', 'ja']) {
    const url = new URL(address);
    url.searchParams.set('lang', lang);
    await page.goto(url.href);
    if (lang !== 'ja') await takePictures(`${name}-${lang}`, page);
  }
  await page.goto(address);
}

async function look(name: string, page: Page): Promise<void> {
  await takePictures(name, page);
  await auditByAxe(page, name);
}

describe('one car, two owners, three offices', {
  skip: chromiumPath === undefined && 'chromium is not installed',
}, () => {
  let city: RunningCity;
  let remove: () => Promise<void>;
  let browser: Browser;
  let taro: BrowserContext;
  let hanako: BrowserContext;
  let ministry: Addresses;
  /** Puts another card where the agent looks for one. */
  let insert: (card: 'taro' | 'hanako') => Promise<void>;

  before(async () => {
    const folder = await temporaryFolder('onestop');
    remove = folder.remove;
    const port = await freePorts(3);
    const args = ['--port', String(port), '--agent-port', String(port + 2)];
    [city, browser] = await Promise.all([startCity({ dir: folder.dir, args }), launchChromium()]);
    const [, national] = (city.addresses as Addresses & { others: { agency: string; desk: string }[] })
      .others;
    assert.ok(national);
    ministry = { ...city.addresses, ...national };
    const cards = { taro: path.join(folder.dir, 'taro.card'), hanako: path.join(folder.dir, 'hanako.card') };
    const { file } = city.addresses.card;
    await copyFile(file, cards.taro);
    const person = ['--name', '総務　花子', '--address', '見本県見本市中央一丁目2番3号'];
    const more = ['--birth', '1977-05-05', '--sex', 'female', '--municipality', '99201'];
    const pins = ['--auth-pin-env', 'AUTH', '--sign-pin-env', 'SIGN'];
    await run(
      process.execPath,
      [madoguchi, 'card', 'create', '--ca', folder.dir, ...person, ...more, ...pins, '-o', cards.hanako],
      { env: { ...process.env, AUTH: '1234', SIGN: 'ABC123' } },
    );
    insert = (card) => copyFile(cards[card], file);
    const how = { locale: 'ja-JP', deviceScaleFactor: 1 };
    [taro, hanako] = await Promise.all([browser.newContext(how), browser.newContext(how)]);
  });
  after(async () => {
    await browser.close();
    await city.stop();
    await remove();
  });

  test('the co-owner signs by a link in three activations after it; police, transport branch and tax office decide; both see one progress', async (t) => {
    if (city.addresses.card.kind !== 'image') {
      t.skip('the demo card is in a reader, which holds one card at a time');
      return;
    }
    const next = async (form: Page, heading: string) => {
      await form.getByRole('button', { name: '次へ' }).click();
      await form.getByRole('heading', { name: heading }).first().waitFor();
      await form.locator('#stop-note').waitFor();
    };
    const filed = await fileApplication(taro, ministry, {
      procedure: '自動車保有関係手続のワンストップサービス',
      answer: async (form) => {
        await form.locator('#stop-note').waitFor();
        await form.fill('[name=chassis]', 'ABC10-0001234');
        await form.fill('[name=model]', '6AA-ABC10');
        await form.fill('[name=maker]', '見本自動車');
        for (const [name, value] of Object.entries({ length: '438', width: '169', height: '150' }))
          await form.fill(`[name=${name}]`, value);
        await form.check('[name=owners][value=shared]');
        await form.fill('[name="coOwners.0.name"]', '総務花子');
        await form.fill('[name="coOwners.0.address"]', '見本県見本市中央1-2-3');
        await next(form, '保管場所');
        await form.fill('[name=parkingAddress]', '見本県見本市中央一丁目2番3号');
        await form.fill('[name=distance]', '0');
        await next(form, '税と手数料');
        await form.fill('[name=price]', '2,500,000');
        await form.check('[name=performance][value=p1]');
        await form.fill('[name=telephone]', '099-000-0000');
        const file = { buffer: Buffer.from('%PDF-1.7 sample'), mimeType: 'application/pdf' };
        await form.setInputFiles('[name=completion]', [{ ...file, name: '完成検査終了証.pdf' }]);
        await form.setInputFiles('[name=map]', [{ ...file, name: '所在図.pdf' }]);
      },
    });
    const { page } = filed;
    const receipt = numberOf(filed.receiptUrl);
    await untilSays(page, 'ほかの人の署名が必要です');
    await page.getByText('さんのリンクと署名コードを見る').click();
    const link = (await page.locator('a[href*="/cosign?"]').getAttribute('href')) ?? '';
    await inAllRegisters('onestop-1-applicant-waits', page);

    await insert('hanako');
    const other = await hanako.newPage();
    const journal = await recordActivations(hanako);
    await other.goto(link);
    await other.getByText('さんが、この申請にあなたの署名を求めています').waitFor();
    assert.ok(!other.url().includes('code='), 'the code is not in the address any more');
    const shown = (await other.textContent('main')) ?? '';
    for (const words of ['ABC10-0001234', '総務　太郎', '完成検査終了証.pdf'])
      assert.ok(shown.includes(words), words);
    await inAllRegisters('onestop-2-co-signer-sees', other);
    await signAndSend(hanako, other, {
      at: async (moment, seen) => {
        if (moment !== '4-agent-shows') return;
        const text = (await seen.textContent('main')) ?? '';
        for (const words of [
          'はじめに署名した人',
          '総務　太郎',
          'いっしょに署名する人',
          '総務　花子',
          receipt,
        ])
          assert.ok(text.includes(words), words);
        await takePictures('onestop-3-co-signer-agent', seen);
      },
    });
    assert.ok(journal.activations().length <= 3, journal.describe());
    await other.getByRole('link', { name: '署名した申請を見る' }).waitFor();
    assert.notEqual(numberOf(other.url()), receipt);
    await look('onestop-4-co-signer-receipt', other);
    await other.getByRole('link', { name: '署名した申請を見る' }).click();
    await untilSays(other, 'あなたの署名は届いています');
    await takePictures('onestop-5-co-signer-done', other);

    const desk = await (await browser.newContext({ locale: 'ja-JP' })).newPage();
    await desk.goto(ministry.desk);
    await desk.getByRole('link', { name: 'ワンストップの部分' }).first().click();
    await untilSays(desk, receipt);
    await look('onestop-6-office-queue', desk);
    const parts = desk.url().split('?')[0] ?? '';
    const open = async (part: string) => {
      await desk.goto(`${parts}/${receipt}/${part}`);
      while ((await desk.locator('#light-signature').count()) === 0) {
        await desk.waitForTimeout(200);
        await desk.reload();
      }
    };
    const accept = async (part: string) => {
      await open(part);
      await desk.fill('[name=reason]', '確かめました');
      await desk.getByRole('button', { name: '受理する' }).click();
      await desk.getByText('この部分は「承認」です').waitFor();
    };
    await open('transport');
    assert.equal(await desk.getByRole('button', { name: '受理する' }).count(), 0, 'the police come first');
    await open('police');
    const police = (await desk.textContent('main')) ?? '';
    assert.ok(police.includes('保管場所') && !police.includes('2,500,000'));
    await look('onestop-7-police', desk);
    await accept('police');
    await accept('tax');
    await desk.goto(`${parts.replace(/\/parts$/, '')}/cases/${receipt}`);
    await takePictures('onestop-8-whole', desk);
    await page.reload();
    await page.getByText('2つ終わりました').waitFor();
    await look('onestop-9-one-progress', page);
    await accept('transport');
    await page.reload();
    await page.getByText('3つ終わりました').waitFor();
    await page.getByText('受理', { exact: true }).waitFor();
    await other.reload();
    await other.getByText('受理', { exact: true }).waitFor();
  });
});
