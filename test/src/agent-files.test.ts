// Files of the holder's own on the agent's page, in a real browser: by mouse, by drag and by keyboard alone; judged by OpenSSL.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type Rig, startRig } from '../../packages/client/dist/testing/agent-rig.js';
import { takePictures } from './support/artifacts.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import { auditByAxe, auditPage } from './support/page-audit.js';

const pin = 'abc123';

describe('the agent’s page for files', {
  skip: chromiumPath === undefined && 'chromium is not installed',
}, () => {
  let rig: Rig;
  let browser: Browser;
  let folder: string;
  before(async () => {
    [rig, browser] = await Promise.all([startRig(), launchChromium()]);
    folder = mkdtempSync(path.join(tmpdir(), 'mado-files-'));
    writeFileSync(path.join(folder, '委任状.txt'), '見本市長に委任します。\n');
    writeFileSync(path.join(folder, 'note.txt'), 'a note\n');
  });
  after(async () => {
    await browser.close();
    await rig.close();
    rmSync(folder, { recursive: true });
  });

  const open = async (query = 'lang=ja') => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 });
    const page = await context.newPage();
    await page.goto(`${rig.agent.homeUrl}/files?${query}`);
    return { context, page };
  };
  /** Presses the link of a signed file and judges what is saved. */
  const saveAndJudge = async (page: Page, name: string, content: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator(`a[download="${name}"]`).click(),
    ]);
    const saved = path.join(folder, name);
    await download.saveAs(saved);
    const root = path.join(folder, 'ca.pem');
    const pem = spawnSync('openssl', ['x509', '-inform', 'DER'], { input: rig.citizens.signCa.der });
    writeFileSync(root, pem.stdout);
    const args = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', saved, '-CAfile', root];
    const judged = spawnSync('openssl', [
      ...args,
      '-attime',
      '1795312860',
      '-purpose',
      'any',
      '-out',
      `${saved}.out`,
    ]);
    assert.equal(judged.status, 0, judged.stderr.toString());
    assert.equal(readFileSync(`${saved}.out`, 'utf8'), content);
  };

  test('files chosen are signed after one password and saved; OpenSSL verifies each', async () => {
    const { context, page } = await open();
    await auditPage(page, 'files', 'ja');
    await auditByAxe(page, 'files');
    await takePictures('files-1-choose', page);
    await page
      .locator('input[type=file]')
      .setInputFiles([path.join(folder, '委任状.txt'), path.join(folder, 'note.txt')]);
    await page.locator('#sign').click();
    await page.getByRole('heading', { level: 1, name: 'ファイルに署名する' }).waitFor();
    await auditPage(page, 'sign files', 'ja');
    await auditByAxe(page, 'sign files');
    await takePictures('files-2-sign', page);
    await page.locator('input[name=format][value=cades]').check();
    await page.locator('[name=pin]').fill(pin);
    await page.locator('#next').click();
    await page.getByRole('heading', { level: 1, name: '署名できました' }).waitFor();
    await auditByAxe(page, 'signed files');
    await takePictures('files-3-done', page);
    await saveAndJudge(page, '委任状.txt.p7s', '見本市長に委任します。\n');
    await saveAndJudge(page, 'note.txt.p7s', 'a note\n');
    // What was signed here is verified here, and a changed file is told apart.
    // As a person gets there: by the link on the agent's own start page.
    await page.goto(`${rig.agent.homeUrl}?lang=ja`);
    await page.getByRole('link', { name: 'ファイルの署名と検証' }).click();
    await page
      .locator('input[type=file]')
      .setInputFiles([path.join(folder, 'note.txt.p7s'), path.join(folder, 'note.txt')]);
    await page.getByRole('button', { name: '署名を確かめる' }).click();
    await page.getByRole('heading', { level: 1, name: '署名の検証の結果' }).waitFor();
    await auditPage(page, 'report', 'ja');
    await auditByAxe(page, 'report');
    await takePictures('files-4-report', page);
    await context.close();
  });

  test('a file dropped anywhere on the page is taken; in easy Japanese and English, large, every page fits a phone', async () => {
    for (const query of ['lang=jaEasy&furigana=1&large=1', 'lang=en&large=1']) {
      const { context, page } = await open(query);
      const lang = query.includes('en') ? 'en' : 'ja';
      await auditPage(page, `files ${query}`, lang);
      await page.evaluate(`(() => {
        const data = new DataTransfer();
        data.items.add(new File(['dropped'], 'dropped.txt'));
        for (const name of ['dragover', 'drop'])
          document.querySelector('main').dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
      })()`);
      await page.locator('#sign').click();
      await page.locator('[name=pin]').waitFor();
      await auditPage(page, `sign ${query}`, lang);
      await auditByAxe(page, `sign ${query}`);
      assert.ok(await page.getByText('dropped.txt').first().isVisible());
      await context.close();
    }
  });

  test('the keyboard alone is enough, and no script is needed', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${rig.agent.homeUrl}/files?lang=ja`);
    await page.locator('input[type=file]').setInputFiles(path.join(folder, 'note.txt'));
    await page.locator('#sign').press('Enter');
    await page.locator('[name=pin]').waitFor();
    await page.locator('input[name=format]').first().press('Space');
    await page.locator('[name=pin]').pressSequentially(pin);
    await page.locator('[name=pin]').press('Enter');
    await page.getByRole('heading', { level: 1, name: '署名できました' }).waitFor();
    await context.close();
  });
});
