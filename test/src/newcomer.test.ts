// Somebody who never did this: a bare account with the client just installed, a card in the reader, an empty browser. From the portal's first page
// over the set-up to the receipt, by mouse and by keyboard alone, counted.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Level } from '@madoguchi/agency';
import type { ProcedureDefinition } from '@madoguchi/procedure';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { recordActivations } from './support/activations.js';
import { desktop, saveJournal } from './support/artifacts.js';
import { launchChromium } from './support/browser.js';
import { type InstalledClient, installClient } from './support/installed-client.js';
import { tabTo } from './support/keyboard.js';
import { look, lookInPieces, manualFolder } from './support/manual-pictures.js';
import { inPcscNamespace } from './support/pcsc-namespace.js';
import { reloadOnceChanged } from './support/reload.js';
import { type RunningCity, startCity, temporaryFolder } from './support/running-city.js';
import { definitionsOf, fillSample } from './support/sample-filing.js';

const procedure = '住民票の写しの交付申請';

/** What a person does with a control of that name: by mouse, or by Tab and Enter. */
type Press = (page: Page, name: string) => Promise<void>;

const byMouse: Press = async (page, name) => {
  await page.getByRole('link', { name }).or(page.getByRole('button', { name })).first().click();
};
const byKeyboard: Press = async (page, name) => {
  await page.waitForLoadState();
  await tabTo(page, new RegExp(`^${name}`));
  await page.keyboard.press('Enter');
};

/** Half an hour of pictures is not thrown away for one window that came too late on a busy machine. */
async function untilItGoes(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (tries === 4) throw error;
      process.stderr.write(`again: ${error instanceof Error ? error.message.split('\n')[0] : ''}\n`);
    }
  }
}

/** Where the pages of the demo's agency of that level begin. */
function pagesOf({ addresses }: RunningCity, level: Level): string {
  const [prefecture, ministry] = addresses.others;
  const pages = { municipal: addresses.agency, prefectural: prefecture?.agency, national: ministry?.agency };
  return pages[level] ?? '';
}

/** The manual's pictures are narrow, so that their letters stay large on paper. */
const forPictures =
  manualFolder === undefined
    ? { viewport: desktop }
    : { viewport: { width: 760, height: 900 }, deviceScaleFactor: 1.6 };
/** A screen of 1280 pixels at 400 %: who needs no mouse may need large letters. */
const zoomed = { width: 320, height: 640 };
const link = (page: Page, name: string) => page.getByRole('link', { name });
const main = (page: Page, name: string) => page.locator('main').getByRole('link', { name });
const button = (page: Page, name: string) => page.getByRole('button', { name });

inPcscNamespace(import.meta.url, ['chromium'], () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let city: RunningCity;
  let client: InstalledClient;
  let browser: Browser;

  before(async () => {
    folder = await temporaryFolder('newcomer');
    [city, browser] = await Promise.all([
      startCity({ dir: path.join(folder.dir, 'city'), args: ['--no-agent'] }),
      launchChromium(),
    ]);
    assert.equal(city.addresses.card.kind, 'reader', city.output());
    client = await installClient(path.join(folder.dir, 'home of the new'), path.join(city.dir, 'trust'));
  });
  after(async () => {
    await browser?.close();
    await client?.stop();
    await city?.stop();
    await folder.remove();
  });

  const opens = async (context: BrowserContext, act: Promise<void>): Promise<Page> => {
    const [opened] = await Promise.all([context.waitForEvent('page'), act]);
    return opened;
  };

  for (const [name, press] of [
    ['mouse', byMouse],
    ['keyboard', byKeyboard],
  ] as const) {
    test(`from the portal’s first page to the receipt by ${name}: ready in three activations, eight in all`, async () => {
      const size = name === 'keyboard' ? { viewport: zoomed } : forPictures;
      const context = await browser.newContext({ locale: 'ja-JP', ...size });
      const at = async (id: string, on: Page, controls: readonly Locator[], above?: number) => {
        if (name === 'mouse') await look(id, on, controls, above);
      };
      const journal = await recordActivations(context);
      const first = await context.newPage();
      await first.goto(city.addresses.portal);
      await at('1-first', first, [link(first, 'はじめての方は、準備から')]);
      await press(first, 'はじめての方は、準備から');
      await first.getByRole('heading', { level: 1, name: '準備' }).waitFor();
      await at('2-start', first, [button(first, '準備ができているか確かめる')]);
      const page = await opens(context, press(first, '準備ができているか確かめる'));
      await page
        .locator('.agent-check-ok', { hasText: /電子証明書/ })
        .first()
        .waitFor();
      await at('3-check', page, [page.locator('.agent-verdict')]);
      await at('3-tell', page, [button(page, '結果を知らせてもどる')]);
      await press(page, '結果を知らせてもどる');
      await page.getByText('準備ができています').waitFor();
      assert.equal(page.url(), `${city.addresses.portal}start?environment=green`);
      assert.ok(journal.activations().length <= 3, journal.describe());

      await at('4-ready', page, [page.locator('.notice-title'), main(page, '手続をさがす')]);
      await press(page, '手続をさがす');
      await page.getByRole('heading', { level: 1, name: '手続をさがす' }).waitFor();
      await at('5-catalogue', page, [page.locator('main label').first(), link(page, procedure)]);
      await press(page, procedure);
      await page.getByRole('heading', { level: 1, name: procedure }).waitFor();
      await page.waitForLoadState();
      await at('6-form', page, [button(page, '署名へ進む')]);
      const agent = await opens(context, press(page, '署名へ進む'));
      await agent.getByText(client.phrase).first().waitFor();
      const secret = agent.getByLabel(/署名用パスワード/).first();
      await secret.waitFor();
      if (name === 'mouse') await secret.focus();
      await agent.keyboard.type('ABC123');
      await at('7-password', agent, [
        agent.locator('label', { hasText: '署名用パスワード' }),
        button(agent, '次へ'),
      ]);
      await press(agent, '次へ');
      await agent.getByRole('button', { name: '署名して送る' }).waitFor();
      // The yes is dead for its first half second; a person reads longer than that.
      await agent.waitForTimeout(700);
      await at('8-yes', agent, [button(agent, '署名して送る')]);
      await press(agent, '署名して送る');
      await page.waitForURL(/\/applications\//);
      await page.getByText('到達番号').first().waitFor();

      await at('9-receipt', page, [page.locator('.confirmation-reference').first()]);
      saveJournal(`newcomer-${name}`, journal);
      assert.ok(journal.activations().length <= 8, journal.describe());
      assert.equal(journal.fields().length, 1, journal.describe());
      if (name === 'keyboard')
        assert.ok(
          journal.activations().every(({ kind }) => kind === 'key'),
          journal.describe(),
        );
      // What keeps the application is there once it was opened.
      const keep = link(page, '申請書の控えをPDFで保存');
      while (!(await keep.isVisible())) await reloadOnceChanged(page);
      await at('9-keep', page, [link(page, 'PDFで保存').first(), keep], 150);
      await context.close();
    });
  }

  const fileWithPictures = async (level: Level, definition: ProcedureDefinition) => {
    const narrow = { viewport: { width: 440, height: 900 }, deviceScaleFactor: 1.4 };
    const context = await browser.newContext({ locale: 'ja-JP', ...narrow });
    context.setDefaultTimeout(60_000);
    try {
      const page = await context.newPage();
      const id = `${level}-${definition.id}`;
      await page.goto(`${pagesOf(city, level)}procedures/${definition.id}`);
      await fillSample(page, definition, (step) => lookInPieces(`${id}-form-${step}`, page));
      const agent = await opens(context, button(page, '署名へ進む').click());
      await agent
        .getByLabel(/署名用パスワード/)
        .first()
        .pressSequentially('ABC123');
      await button(agent, '次へ').click();
      await button(agent, '署名して送る').waitFor();
      await agent.waitForTimeout(700);
      await lookInPieces(`${id}-signed`, agent);
      await button(agent, '署名して送る').click();
      await page.waitForURL(/\/applications\//);
      await page.getByText('到達番号').first().waitFor();
    } finally {
      await context.close();
    }
  };

  // One after the other, each filed by the same card: only for the manual, whose pictures they are.
  for (const level of manualFolder === undefined ? [] : (['municipal', 'prefectural', 'national'] as const)) {
    for (const definition of definitionsOf(level)) {
      test(`${definition.title.ja} (${level}) from its form to the receipt`, () =>
        untilItGoes(() => fileWithPictures(level, definition)));
    }
  }
});
