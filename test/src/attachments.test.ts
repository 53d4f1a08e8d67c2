// A procedure with files, through the running city: what was chosen is what the officer gets, within the budget of activations.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readSubmission } from '@madoguchi/procedure';
import type { Browser } from 'playwright-core';
import { recordActivations } from './support/activations.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import { fillRoadPermission } from './support/road-permission.js';
import { samplePaper, samplePhoto } from './support/sample-files.js';
import { openTestCity, signPin, type TestCity } from './support/test-city.js';

/** The drawing shrinks to almost nothing, as a bomb would; the others are small. */
const files = {
  map: [{ name: '位置図.pdf', buffer: samplePaper(3_000_000) }],
  plan: [
    { name: '写真 1.jpg', buffer: samplePhoto('first') },
    { name: 'か\u3099めん.jpg', buffer: samplePhoto('second') },
  ],
};

describe('an application with files', {
  skip: chromiumPath === undefined && 'chromium is not installed',
}, () => {
  let city: TestCity;
  let browser: Browser;
  before(async () => {
    [city, browser] = await Promise.all([openTestCity('attachments'), launchChromium()]);
  });
  after(async () => {
    await browser.close();
    await city.close();
  });

  test('reaches the desk whole, with three green lights and at most eight activations', async () => {
    const context = await browser.newContext({ locale: 'ja-JP' });
    const journal = await recordActivations(context);
    const page = await context.newPage();
    await page.goto(city.city.addresses.agency);
    await page.getByRole('link', { name: '道路占用許可申請' }).first().click();
    await page.fill('[name=place]', '中央一丁目2番地先');
    await page.check('[name=object][value=other]');
    await page.fill('[name=objectOther]', 'ベンチ\u202e〈記号〉');
    await page.fill('[name=from]', '令和8年12月1日');
    await page.fill('[name=until]', '2026-12-03');
    await fillRoadPermission(page);
    await page.check('[name=works][value=yes]');
    await page.fill('[name=worksFrom]', '2026-12-01');
    await page.fill('[name=worksUntil]', '2026-12-02');
    await page.fill('[name=method]', '人力による');
    await page.fill('[name=restoration]', '元の\n状態に戻す');
    for (const [name, chosen] of Object.entries(files))
      await page.setInputFiles(
        `[name=${name}]`,
        chosen.map((file) => ({ ...file, mimeType: 'application/octet-stream' })),
      );
    const opened = context.waitForEvent('page');
    await page.getByRole('button', { name: '署名へ進む' }).click();
    const agent = await opened;
    await agent
      .getByLabel(/署名用パスワード/)
      .first()
      .pressSequentially(signPin);
    await agent.getByRole('button', { name: '次へ' }).click();
    const yes = agent.getByRole('button', { name: '署名して送る' });
    await yes.waitFor();
    assert.match((await agent.textContent('main')) ?? '', /ベンチ〔U\+202E〕〈記号〉/);
    // The yes is dead for its first half second.
    await agent.waitForTimeout(700);
    await yes.click();
    await page.waitForURL(/\/applications\//);
    assert.ok(journal.activations().length <= 8, journal.describe());

    const receiptNumber = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const { lights } = await city.officer.examine(receiptNumber);
    assert.deepEqual(
      [lights?.signature.state, lights?.identity.state, lights?.validity.state],
      ['good', 'good', 'good'],
    );
    const [row] = await city.database.sql<
      { container: Uint8Array }[]
    >`select container from agency.submissions
      where receipt_number = ${receiptNumber}`;
    const submission = readSubmission(row?.container ?? new Uint8Array());
    assert.ok(submission.ok, submission.ok ? '' : submission.rule);
    const got = submission.value.attachments.map(({ name, bytes }) => [
      name,
      Buffer.from(bytes).toString('hex'),
    ]);
    const sent = Object.values(files)
      .flat()
      .map(({ name, buffer }) => [name, buffer.toString('hex')]);
    assert.deepEqual(got, sent);
    await context.close();
  });
});
