// The portal's own pages in a real browser: axe, phone and desk, three registers; searches with a script, without one, and by keyboard.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { keepPicture } from './support/artifacts.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import { auditByAxe, auditPage } from './support/page-audit.js';
import { repository } from './support/running-city.js';

const widths = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const pages = [
  '',
  'start',
  'start?environment=green',
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
  'classes',
  'classes/hajimete',
  'materials',
  'materials/signature',
  'materials/etax',
  'materials/texts',
  'materials/leaflets/citizens',
  'materials/leaflets/counters',
  'accessibility',
];

/** In the page: what has the focus after a stroke of Tab. Undefined: nothing any more. */
const focus = `(() => {
  const at = document.activeElement;
  if (!at || at === document.body) return undefined;
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const middle = Math.min(innerHeight - 2, Math.max(2, box.top + Math.min(box.height, 40) / 2));
  const above = document.elementFromPoint(box.left + box.width / 2, middle);
  return {
    order: [...document.querySelectorAll('*')].indexOf(at),
    name: (at.textContent || at.getAttribute('name') || at.id).trim().slice(0, 40),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && (at.contains(above) || above?.contains(at) === true || above?.control === at),
  };
})()`;
interface Focus {
  order: number;
  name: string;
  ring: boolean;
  seen: boolean;
}

/** In the page: what can be pressed and is smaller than 24 by 24 pixels without standing in running text. */
const smallTargets = `[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, textarea')]
  .filter((at) => at.offsetParent !== null)
  .filter((at) => { const { width, height } = at.getBoundingClientRect(); return width < 24 || height < 24; })
  .filter((at) => {
    const label = at.labels?.[0]?.getBoundingClientRect();
    if (label && label.height >= 24) return false;
    return !(getComputedStyle(at).display === 'inline' && at.closest('p, li, dd, td, th, figcaption, .notice'));
  })
  .map((at) => at.outerHTML.slice(0, 100))`;

/** WCAG 1.4.12: what a reader may set. */
const wideText =
  '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }';

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
          // What axe finds does not hang on the width, but for what a phone hides and shows.
          if (width === 'desktop' || register === 'ja') await auditByAxe(page, name);
          await keepPicture(name, page);
        }
      }
      await context.close();
    }
  });

  test('at 320 CSS pixels (400 % zoom) with large letters and furigana nothing stands beside the screen', async () => {
    const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    for (const url of pages) {
      await page.goto(`${address}${url}${url.includes('?') ? '&' : '?'}lang=jaEasy&furigana=1&large=1`);
      await auditPage(page, `${url} at 320`, 'ja');
    }
    await context.close();
  });

  test('text spacing of WCAG 1.4.12 takes nothing away', async () => {
    const context = await browser.newContext({ viewport: widths.phone, bypassCSP: true });
    const page = await context.newPage();
    for (const url of pages) {
      await page.goto(`${address}${url}`);
      await page.addStyleTag({ content: wideText });
      await auditPage(page, `${url} with wide text`, 'ja');
      const cut = await page.evaluate(
        `[...document.querySelectorAll('main *, header *, footer *')].filter((at) => at.clientHeight > 24 && !at.closest('.visually-hidden') && getComputedStyle(at).overflowY === 'hidden' && at.scrollHeight > at.clientHeight + 2).map((at) => at.outerHTML.slice(0, 80))`,
      );
      assert.deepEqual(cut, [], url);
    }
    await context.close();
  });

  test('what can be pressed is 24 pixels high and wide or stands in running text', async () => {
    const context = await browser.newContext({ viewport: widths.phone });
    const page = await context.newPage();
    for (const url of pages) {
      await page.goto(`${address}${url}`);
      assert.deepEqual(await page.evaluate(smallTargets), [], url);
    }
    await context.close();
  });

  test('Tab goes through every page in the order of its text, each stop is seen, and it gets out again', async () => {
    const context = await browser.newContext({ viewport: widths.desktop });
    const page = await context.newPage();
    for (const url of pages.filter((one) => !/^help$|errors$|readers|q=/.test(one))) {
      await page.goto(`${address}${url}`);
      let before = -1;
      let stops = 0;
      for (; stops < 150; stops += 1) {
        await page.keyboard.press('Tab');
        const at = (await page.evaluate(focus)) as Focus | undefined;
        // Past the last stop: the browser's own controls, or the first one again.
        if (at === undefined || (stops > 0 && at.name === '本文へ')) break;
        assert.ok(at.order > before, `${url}: ${at.name} comes too early`);
        assert.ok(at.ring && at.seen, `${url}: ${JSON.stringify(at)}`);
        before = at.order;
      }
      assert.ok(stops > 8 && stops < 150, `${url}: ${stops} stops`);
    }
    await context.close();
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
