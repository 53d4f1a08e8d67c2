// The portal's own pages in a real browser: axe, phone and desk, three registers; searches with a script, without one, and by keyboard.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { saveArtifact } from './support/artifacts.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import { auditByAxe, auditPage } from './support/page-audit.js';
import { repository } from './support/running-city.js';

const widths = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const pages = [
  'start',
  'procedures?q=%E8%BB%8A',
  'readers?q=acr',
  'readers/shops',
  'client',
  'help',
  'help?q=%E5%BF%98%E3%82%8C%E3%81%9F',
  'help/lost',
  'help/errors',
  'help/errors/jws',
  'figures',
];

describe('portal', { skip: chromiumPath === undefined ? 'chromium is not installed' : false }, () => {
  let portal: ChildProcess;
  let address: string;
  let browser: Browser;

  before(async () => {
    const program = path.join(repository, 'packages/portal/dist/testing/serve-portal.js');
    portal = spawn(process.execPath, [program, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const out = portal.stdout;
    assert.ok(out !== null);
    const [[line]] = await Promise.all([once(out, 'data'), launchChromium().then((one) => (browser = one))]);
    address = String(line).trim();
  });
  after(async () => {
    await browser.close();
    portal.kill();
  });

  test('every page passes axe, fits a phone and a desk, and stands in three registers', async () => {
    for (const [width, viewport] of Object.entries(widths)) {
      const context = await browser.newContext({ viewport });
      const page = await context.newPage();
      for (const register of ['ja', 'jaEasy', 'en'] as const) {
        for (const url of pages) {
          const name = `portal-${url.replace(/\W+/g, '-')}-${width}-${register}`;
          await page.goto(`${address}${url}${url.includes('?') ? '&' : '?'}lang=${register}`);
          await auditPage(page, name, register === 'en' ? 'en' : 'ja');
          await auditByAxe(page, name);
          saveArtifact(path.join('screens', `${name}.png`), await page.screenshot({ fullPage: true }));
        }
      }
      await context.close();
    }
  });

  test('help and catalogue answer while one types, and the cursor stays in the field', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    for (const [url, typed, found] of [
      ['help', 'パスワードを忘れた', 'パスワードを忘れました'],
      ['procedures', '子どもが生まれた', '児童手当の認定請求'],
      ['readers', 'RC-S300', 'SONY FeliCa RC-S300/S'],
    ] as const) {
      await page.goto(`${address}${url}`);
      await page.locator('input[name=q]').click();
      await page.keyboard.insertText(typed);
      await page.locator('#found').getByText(found, { exact: false }).first().waitFor();
      await page.waitForURL((now) => now.searchParams.get('q') === typed);
      assert.equal(await page.evaluate('document.activeElement.name'), 'q');
      await auditByAxe(page, `${url} after typing`);
    }
    await context.close();
  });

  test('without JavaScript, Enter in the field asks', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${address}help`);
    await page.locator('input[name=q]').focus();
    await page.keyboard.insertText('カードをなくした');
    await page.keyboard.press('Enter');
    await page.locator('details[open]').getByText('0120-95-0178').first().waitFor();
    await context.close();
  });
});
