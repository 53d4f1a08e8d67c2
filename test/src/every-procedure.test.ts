// The whole catalogue in a real browser: each procedure from its form over the card to the receipt, to the officer's decision, and back to the
// citizen's page. What several people sign, or several offices decide, has its own journey in test/src/onestop.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Level } from '@madoguchi/agency';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { desktop } from './support/artifacts.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import { signAndSend } from './support/citizen.js';
import { openCase, readLights, untilChecked } from './support/officer.js';
import { type RunningCity, startCity, temporaryFolder } from './support/running-city.js';
import { definitionsOf, fillSample } from './support/sample-filing.js';

const numberOf = (receiptUrl: string) => new URL(receiptUrl).pathname.split('/').at(-1) ?? '';

/** An agency of the demo: its pages, and the link that opens its desk. */
function agencyOf({ addresses }: RunningCity, level: Level): { pages: string; desk: string } {
  const [prefecture, ministry] = addresses.others;
  const found = {
    municipal: { agency: addresses.agency, desk: addresses.desk },
    prefectural: prefecture,
    national: ministry,
  }[level];
  assert.ok(found !== undefined);
  return { pages: found.agency, desk: found.desk };
}

describe('every procedure of the catalogue, from its form to the decision and back', {
  skip: chromiumPath === undefined && 'chromium is not installed',
}, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let city: RunningCity;
  let browser: Browser;
  let officers: BrowserContext;
  before(async () => {
    folder = await temporaryFolder('catalogue');
    [city, browser] = await Promise.all([startCity({ dir: folder.dir }), launchChromium()]);
    officers = await browser.newContext({ locale: 'ja-JP', viewport: desktop });
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
    await folder.remove();
  });

  async function decide(desk: Page, receipt: string): Promise<void> {
    await untilChecked(desk, receipt);
    await openCase(desk, receipt);
    // Where a light asks to look (a spouse whom the register does not know, a ministry that has no register), an officer says why.
    const lights = Object.values(await readLights(desk));
    if (lights.some(({ state }) => state !== 'good'))
      await desk.fill('[name=reason]', '電話で本人に確かめました。');
    await desk.getByRole('button', { name: '受理する' }).click();
    await desk.getByText('この申請は「受理」です。').waitFor();
  }

  /** The citizen's page, loaded again until the notice of the decision is there: it is signed by a job of its own. */
  async function fetchNotice(page: Page): Promise<void> {
    const notice = page.locator('a[href$="/notice.pdf"]');
    await page.reload();
    while ((await notice.count()) === 0) {
      await pause(300);
      await page.reload();
    }
    const answer = await page.request.get(
      new URL((await notice.getAttribute('href')) ?? '', page.url()).href,
    );
    assert.equal(answer.status(), 200);
    assert.equal((await answer.body()).subarray(0, 5).toString(), '%PDF-');
  }

  for (const level of ['municipal', 'prefectural', 'national'] as const) {
    const desk: { page?: Page } = {};
    for (const definition of definitionsOf(level)) {
      const together = definition.signers !== undefined || definition.parts !== undefined;
      test(`${definition.title.ja} (${level})`, async () => {
        const { pages, desk: link } = agencyOf(city, level);
        const context = await browser.newContext({ locale: 'ja-JP', viewport: desktop });
        const form = await context.newPage();
        await form.goto(`${pages}procedures/${definition.id}`);
        await fillSample(form, definition, async () => {});
        const { page, receiptUrl } = await signAndSend(context, form);
        const receipt = numberOf(receiptUrl);
        if (desk.page === undefined) {
          desk.page = await officers.newPage();
          await desk.page.goto(link);
        } else await desk.page.goto(link.replace(/\/enter\?.*$/, ''));
        if (!together) {
          await decide(desk.page, receipt);
          await fetchNotice(page);
        }
        await context.close();
      });
    }
  }
});
