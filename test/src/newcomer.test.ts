// Somebody who never did this: a bare account with the client just installed, a card in the reader, an empty browser. From the portal's first page
// over the set-up to the receipt, by mouse and by keyboard alone, counted.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { recordActivations } from './support/activations.js';
import { desktop, saveJournal } from './support/artifacts.js';
import { launchChromium } from './support/browser.js';
import { type InstalledClient, installClient } from './support/installed-client.js';
import { tabTo } from './support/keyboard.js';
import { inPcscNamespace } from './support/pcsc-namespace.js';
import { type RunningCity, startCity, temporaryFolder } from './support/running-city.js';

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
      const context = await browser.newContext({ locale: 'ja-JP', viewport: desktop });
      const journal = await recordActivations(context);
      const first = await context.newPage();
      await first.goto(city.addresses.portal);
      await press(first, 'はじめての方は、準備から');
      await first.getByRole('heading', { level: 1, name: '準備' }).waitFor();
      const page = await opens(context, press(first, '準備ができているか確かめる'));
      await page
        .locator('.agent-check-ok', { hasText: /電子証明書/ })
        .first()
        .waitFor();
      await press(page, '結果を知らせてもどる');
      await page.getByText('準備ができています').waitFor();
      assert.equal(page.url(), `${city.addresses.portal}start?environment=green`);
      assert.ok(journal.activations().length <= 3, journal.describe());

      await press(page, '手続をさがす');
      await page.getByRole('heading', { level: 1, name: '手続をさがす' }).waitFor();
      await press(page, procedure);
      await page.getByRole('heading', { level: 1, name: procedure }).waitFor();
      await page.waitForLoadState();
      const agent = await opens(context, press(page, '署名へ進む'));
      await agent.getByText(client.phrase).first().waitFor();
      const secret = agent.getByLabel(/署名用パスワード/).first();
      await secret.waitFor();
      if (name === 'mouse') await secret.focus();
      await agent.keyboard.type('ABC123');
      await press(agent, '次へ');
      await agent.getByRole('button', { name: '署名して送る' }).waitFor();
      // The yes is dead for its first half second; a person reads longer than that.
      await agent.waitForTimeout(700);
      await press(agent, '署名して送る');
      await page.waitForURL(/\/applications\//);
      await page.getByText('到達番号').first().waitFor();

      saveJournal(`newcomer-${name}`, journal);
      assert.ok(journal.activations().length <= 8, journal.describe());
      assert.equal(journal.fields().length, 1, journal.describe());
      if (name === 'keyboard')
        assert.ok(
          journal.activations().every(({ kind }) => kind === 'key'),
          journal.describe(),
        );
      await context.close();
    });
  }
});
