// 補正 and 取下げ in a browser, through the running city: returned with marks, corrected in at most three activations with the files sent
// before, old and new side by side on the desk; then another application is withdrawn.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { recordActivations } from './support/activations.js';
import { takePictures } from './support/artifacts.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import { fileApplication, signAndSend } from './support/citizen.js';
import { freePorts } from './support/free-ports.js';
import { openCase, readLights, untilChecked } from './support/officer.js';
import { reloadOnceChanged } from './support/reload.js';
import { fillRoadPermission } from './support/road-permission.js';
import { type RunningCity, startCity, temporaryFolder } from './support/running-city.js';
import { samplePaper } from './support/sample-files.js';

const numberOf = (url: string) => new URL(url).pathname.split('/').at(-1) ?? '';

describe('correction and withdrawal', {
  skip: chromiumPath === undefined && 'chromium is not installed',
}, () => {
  let city: RunningCity;
  let remove: () => Promise<void>;
  let browser: Browser;
  let citizen: BrowserContext;
  let desk: Page;

  before(async () => {
    const folder = await temporaryFolder('correction');
    remove = folder.remove;
    const port = await freePorts(3);
    const args = ['--port', String(port), '--agent-port', String(port + 2)];
    [city, browser] = await Promise.all([startCity({ dir: folder.dir, args }), launchChromium()]);
    citizen = await browser.newContext({ locale: 'ja-JP' });
    desk = await (await browser.newContext({ locale: 'ja-JP' })).newPage();
    await desk.goto(city.addresses.desk);
  });
  after(async () => {
    await browser.close();
    await city.stop();
    await remove();
  });

  test('a returned application is corrected in three activations, with its files, and the desk shows what changed', async () => {
    const { page, receiptUrl } = await fileApplication(citizen, city.addresses, {
      procedure: '道路占用許可申請',
      answer: async (form) => {
        await form.fill('[name=place]', '中央一丁目2番地先');
        await form.check('[name=object][value=sign]');
        await form.fill('[name=from]', '2026-12-01');
        await form.fill('[name=until]', '2026-12-03');
        await fillRoadPermission(form);
        const file = { name: '位置図.pdf', buffer: samplePaper(), mimeType: 'application/pdf' };
        await form.setInputFiles('[name=map]', [file]);
        await form.setInputFiles('[name=plan]', [{ ...file, name: '図面.pdf' }]);
      },
    });
    const receipt = numberOf(receiptUrl);
    await desk.reload();
    await untilChecked(desk, receipt);
    await openCase(desk, receipt);
    await desk.getByText('補正してほしい項目に印をつける').first().click();
    await desk.check('input[name=mark][value=place]');
    await desk.fill('[name=reason]', '場所の番地が図面とちがいます。\n確かめてください。');
    await takePictures('correction-1-desk-asks', desk);
    await desk.getByRole('button', { name: '補正を求める' }).click();
    await desk.getByText('補正中').first().waitFor();

    await page.reload();
    await page.getByText('補正をお願いします').waitFor();
    await takePictures('correction-2-receipt', page);
    await page.getByRole('link', { name: '補正する' }).click();
    await page.getByText('役所が直してほしいところです').waitFor();
    const journal = await recordActivations(citizen);
    await page.reload();
    await page.fill('[name=place]', '中央一丁目3番地先');
    const corrected = await signAndSend(citizen, page, {
      at: async (moment, shown) => {
        if (moment === '2-form' || moment === '4-agent-shows')
          await takePictures(`correction-3-${moment}`, shown);
        if (moment === '4-agent-shows') {
          const seen = (await shown.textContent('main')) ?? '';
          assert.ok(seen.includes(receipt) && seen.includes('位置図.pdf') && seen.includes('図面.pdf'), seen);
        }
      },
    });
    assert.ok(journal.activations().length <= 3, journal.describe());
    assert.notEqual(numberOf(corrected.receiptUrl), receipt);
    await page.getByRole('link', { name: 'もとの申請を見る' }).waitFor();
    await takePictures('correction-4-receipt', page);

    const address = `${new URL(desk.url()).pathname.replace(/\/desk.*/, '')}/desk`;
    await desk.goto(new URL(address, city.addresses.agency).href);
    await untilChecked(desk, receipt);
    await openCase(desk, receipt);
    // The lights of before stand there until the correction has been opened and looked at.
    while ((await desk.locator('#changes').count()) === 0) await reloadOnceChanged(desk);
    const lights = await readLights(desk);
    for (const light of Object.values(lights)) assert.equal(light.state, 'good', JSON.stringify(lights));
    const changes = (await desk.locator('#changes').textContent()) ?? '';
    assert.ok(changes.includes('2番地先') && changes.includes('3番地先'), changes);
    assert.equal(changes.includes('位置図'), false);
    await takePictures('correction-5-desk-compares', desk);
  });

  test('an application is withdrawn by its applicant’s signature', async () => {
    const { page, receiptUrl } = await fileApplication(citizen, city.addresses);
    const paper = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    assert.equal(paper.toString('latin1').match(/\/Type \/Page\b/g)?.length, 1, 'a receipt is one sheet');
    await page.getByRole('link', { name: 'この申請を取り下げる' }).click();
    await page.getByText('もとにもどすことはできません').waitFor();
    await takePictures('withdrawal-1-form', page);
    await signAndSend(citizen, page);
    await page.goto(receiptUrl);
    while ((await page.getByText('取下げ', { exact: true }).count()) === 0) await reloadOnceChanged(page);
  });
});
