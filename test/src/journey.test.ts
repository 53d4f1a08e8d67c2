// The journey that the whole is for: from the city's page to the receipt and to the officer's desk, with the card in a real
// reader stack, in a real browser, beside a second program that wants the card too.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { aids, apdu, efs } from '@madoguchi/card';
import pcsc from 'pcsc-mini';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Journal, recordActivations } from './support/activations.js';
import {
  assertFits,
  desktop,
  keepPicture,
  saveArtifact,
  saveJournal,
  takePictures,
} from './support/artifacts.js';
import { launchChromium, whyFetchFails } from './support/browser.js';
import { fileApplication, signAndSend } from './support/citizen.js';
import { tabTo } from './support/keyboard.js';
import { openCase, readLights, untilChecked } from './support/officer.js';
import { inPcscNamespace } from './support/pcsc-namespace.js';
import { type RunningCity, startCity, temporaryFolder } from './support/running-city.js';
import { attemptsIn, startSecondProgram } from './support/second-program.js';

const readerName = 'Virtual PCD 00 00';

const numberOf = (receiptUrl: string) => new URL(receiptUrl).pathname.split('/').at(-1) ?? '';

/** Held until the process ends. */
const listeners: InstanceType<typeof pcsc.Client>[] = [];

inPcscNamespace(import.meta.url, ['chromium'], () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let city: RunningCity;
  let browser: Browser;
  /** The officer's tab: the link opens it once, and it stays open over the tests. */
  let officer: BrowserContext;
  let desk: Page;
  let journalOfDesk: Journal;
  /** Receipt number of the first application. */
  let filed = '';

  before(async () => {
    folder = await temporaryFolder('journey');
    [city, browser] = await Promise.all([startCity({ dir: folder.dir }), launchChromium()]);
    officer = await newContext();
    journalOfDesk = await recordActivations(officer);
    desk = await officer.newPage();
  });
  after(async () => {
    await browser.close();
    await city.stop();
    await folder.remove();
  });

  const newContext = async (chosen: Browser = browser, more: object = {}) => {
    const look = { locale: 'ja-JP', viewport: desktop, deviceScaleFactor: 2, ...more };
    const context = await chosen.newContext(look);
    return context;
  };

  test('four activations and one password lead from the city’s page to the receipt, and nobody else gets at the card', async () => {
    assert.equal(city.addresses.card.kind, 'reader', city.output());
    const context = await newContext();
    const journal = await recordActivations(context);
    const second = await startSecondProgram(readerName);
    await second.phase('before', 40);
    const { receiptUrl } = await fileApplication(context, city.addresses, {
      at: async (moment, page) => {
        await second.phase(moment, 40);
        await takePictures(moment, page);
        // What follows until the next page is the work on the card.
        await second.phase(`after ${moment}`);
      },
    });
    await second.phase('end', 40);
    const phases = await second.stop();
    saveJournal('reader-mouse', journal, { secondProgram: phases });

    const activations = journal.activations();
    assert.ok(activations.length <= 4, `more than four activations:\n${journal.describe()}`);
    const fields = journal.fields();
    assert.equal(fields.length, 1, `one field typed:\n${JSON.stringify(fields, null, 1)}`);
    assert.match(fields[0]?.target ?? '', /pin/);
    assert.equal(new URL(fields[0]?.page ?? '').hostname, '127.0.0.1');

    for (const moment of ['before', '3-agent-asks', '4-agent-shows', '5-receipt', 'end']) {
      const counts = phases[moment];
      assert.ok(counts !== undefined && attemptsIn(counts) >= 40, `${moment}: ${JSON.stringify(counts)}`);
    }
    for (const [phase, counts] of Object.entries(phases)) {
      const told = `${phase}: ${JSON.stringify(counts)}`;
      for (const answer of [...Object.keys(counts.read), ...Object.keys(counts.signed)])
        assert.equal(answer, '6982', told);
      for (const answer of Object.keys(counts.inherited)) assert.match(answer, /^6[9A]/, told);
      for (const reason of Object.keys(counts.refused))
        assert.match(reason, /^(SharingViolation|ResetCard)$/, told);
    }
    saveArtifact('journals/reader-mouse.txt', `${journal.describe()}\n`);
    await context.close();

    filed = numberOf(receiptUrl);
  });

  test('the officer’s link opens the desk once, and only once', async () => {
    const answer = await desk.goto(city.addresses.desk);
    assert.equal(answer?.status(), 200);
    await untilChecked(desk, filed);
    const stranger = await newContext();
    const page = await stranger.newPage();
    const refused = await page.goto(city.addresses.desk);
    assert.equal(refused?.status(), 403);
    await page.getByText('このリンクは使えません').waitFor();
    await takePictures('desk-0-link-used', page);
    await stranger.close();
  });

  test('the desk shows three green lights, and accepting takes two activations', async () => {
    await takePictures('desk-1-queue', desk);
    const before = journalOfDesk.activations().length;
    await openCase(desk, filed);
    const lights = await readLights(desk);
    await takePictures('desk-2-case', desk);
    for (const [name, word] of [
      ['signature', '署名'],
      ['identity', '照合'],
      ['validity', '有効性'],
    ] as const) {
      assert.equal(lights[name].state, 'good', JSON.stringify(lights));
      assert.match(lights[name].text, new RegExp(`^\\W*● ?${word} 良い`));
    }
    await desk.getByRole('button', { name: '受理する' }).click();
    await desk.getByText('この申請は「受理」です。').waitFor();
    await takePictures('desk-3-accepted', desk);
    saveJournal('desk-accept', journalOfDesk);
    const activations = journalOfDesk.activations().slice(before);
    assert.ok(activations.length <= 2, journalOfDesk.describe());
    await desk.getByRole('link', { name: /^終わったもの/ }).click();
    await desk.getByRole('row').filter({ hasText: filed }).waitFor();
  });

  test('the same journey from an address that Chromium holds for public, where a fetch to the agent is blocked', async () => {
    const { host } = new URL(city.addresses.agency);
    const strict = await launchChromium([`--ip-address-space-overrides=${host}=public`]);
    try {
      // Our own content policy would stop the fetch first; without it only the browser is left to judge.
      const fetchAgent = async (chosen: Browser) => {
        const context = await newContext(chosen, { bypassCSP: true });
        const page = await context.newPage();
        await page.goto(city.addresses.agency);
        const answer = await whyFetchFails(page, `${city.addresses.agent}/status`);
        await context.close();
        return answer;
      };
      assert.deepEqual(await fetchAgent(browser), { reason: 'corp-not-same-origin', cors: undefined });
      const blocked = await fetchAgent(strict);
      assert.match(blocked.cors ?? '', /^(Local|Private)Network/, JSON.stringify(blocked));

      const context = await newContext(strict);
      const journal = await recordActivations(context);
      const { receiptUrl } = await fileApplication(context, city.addresses);
      saveJournal('reader-public', journal);
      assert.ok(journal.activations().length <= 4, journal.describe());
      assert.equal(journal.fields().length, 1, journal.describe());
      await context.close();
      await desk.goto(`${city.addresses.agency}desk`);
      await untilChecked(desk, numberOf(receiptUrl));
      await openCase(desk, numberOf(receiptUrl));
      const lights = await readLights(desk);
      assert.deepEqual(
        Object.values(lights).map(({ state }) => state),
        ['good', 'good', 'good'],
      );
    } finally {
      await strict.close();
    }
  });

  test('a page that is not there says so, and that this is a demo', async () => {
    const context = await newContext();
    const page = await context.newPage();
    const answer = await page.goto(`${city.addresses.agency}anything-unknown`);
    assert.equal(answer?.status(), 404);
    await page.locator('.banner').waitFor();
    await takePictures('not-there', page);
    await context.close();
  });

  test('in easy Japanese with furigana and large letters every page fits a narrow phone', async () => {
    const context = await newContext(browser, { viewport: { width: 320, height: 640 } });
    const citizen = await context.newPage();
    const { portal, agency } = city.addresses;
    const look = '?lang=jaEasy&furigana=1&large=1';
    const before = desk.viewportSize() ?? desktop;
    await desk.setViewportSize({ width: 320, height: 640 });
    for (const [page, address] of [
      [citizen, portal],
      [citizen, agency],
      [citizen, `${agency}procedures/juminhyo`],
      [citizen, `${agency}procedures/douro-senyo`],
      [citizen, `${agency}applications`],
      [desk, `${agency}desk`],
      [desk, `${agency}desk/cases/${filed}`],
    ] as const) {
      await page.goto(`${address}${look}`);
      await assertFits(page);
    }
    await desk.goto(`${agency}desk?lang=ja&furigana=0&large=0`);
    await desk.setViewportSize(before);

    // On the way through the agent each page is loaded in that dress, and again in the one that the citizen reads.
    await fileApplication(context, city.addresses, {
      at: async (moment, page) => {
        const [path] = page.url().split('?');
        await page.setViewportSize({ width: 320, height: 640 });
        await page.goto(`${path}${look}`);
        await assertFits(page);
        await keepPicture(`easy-${moment}`, page);
        await page.goto(`${path}?lang=ja&furigana=0&large=0`);
      },
    });
    await context.close();
  });

  test('the same journey with the keyboard alone, and the strokes of Tab it takes', async (t) => {
    const context = await newContext();
    const journal = await recordActivations(context);
    const page = await context.newPage();
    const strokes: Record<string, number> = {};
    await page.goto(city.addresses.agency);
    strokes.procedure = await tabTo(page, /^住民票の写しの交付申請/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '住民票の写しの交付申請' }).waitFor();
    await page.waitForLoadState();
    strokes.toSigning = await tabTo(page, /^署名へ進む$/);
    const opened = context.waitForEvent('page');
    await page.keyboard.press('Space');
    const agent = await opened;
    await agent
      .getByLabel(/署名用パスワード/)
      .first()
      .waitFor();
    strokes.password = await tabTo(agent, /^署名用パスワード/);
    assert.equal(strokes.password, 0, 'the password field has the focus when the page opens');
    await agent.keyboard.type('ABC123');
    strokes.next = await tabTo(agent, /^次へ$/);
    await agent.keyboard.press('Space');
    await agent.getByRole('button', { name: '署名して送る' }).waitFor();
    strokes.yes = await tabTo(agent, /^署名して送る$/);
    // The yes is dead for its first half second; a person reads longer than that.
    await agent.waitForTimeout(700);
    await agent.keyboard.press('Enter');
    await page.waitForURL(/\/applications\//);
    await page.getByText('到達番号').first().waitFor();
    saveJournal('reader-keyboard', journal, { tabs: strokes });
    t.diagnostic(`strokes of Tab: ${JSON.stringify(strokes)}`);
    assert.ok(journal.activations().length <= 4, journal.describe());
    assert.equal(journal.fields().length, 1, journal.describe());
    assert.deepEqual(
      journal.activations().map(({ kind }) => kind),
      ['key', 'key', 'key', 'key'],
    );
    await context.close();
  });

  test('from the portal’s first page it takes at most five activations, from a link to the procedure three', async () => {
    const procedure = '住民票の写しの交付申請';
    for (const [name, address, most] of [
      ['portal', city.addresses.portal, 5],
      ['deep-link', `${city.addresses.agency}procedures/juminhyo`, 3],
    ] as const) {
      const context = await newContext();
      const journal = await recordActivations(context);
      const page = await context.newPage();
      await page.goto(address);
      if (name === 'portal') {
        await takePictures('0-portal', page);
        await page.getByRole('link', { name: `${procedure}へ進む` }).click();
      }
      await page.getByRole('heading', { level: 1, name: procedure }).waitFor();
      await signAndSend(context, page);
      saveJournal(`reader-${name}`, journal);
      assert.ok(journal.activations().length <= most, journal.describe());
      await context.close();
    }
  });

  test('the second program would notice: a card left unlocked lets it in', async () => {
    const client = new pcsc.Client();
    listeners.push(client);
    client.on('error', () => undefined);
    client.start();
    let reader = client.reader(readerName);
    while (reader === undefined) {
      await pause(20);
      reader = client.reader(readerName);
    }
    const careless = await reader.connect(pcsc.CardMode.SHARED);
    const { signaturePin } = efs.jpki;
    await careless.transmit(apdu.selectApplication(aids.jpki));
    const answer = await careless.transmit(apdu.verify('ABC123', signaturePin));
    assert.equal(Buffer.from(answer).toString('hex'), '9000');
    const second = await startSecondProgram(readerName);
    await second.phase('unlocked');
    await second.phase('later', 10);
    const phases = await second.stop();
    // The listener ends with the daemon: to stop it may stand still, and so may letting the garbage collector find it (docs/decisions/0032).
    await careless.disconnect(pcsc.CardDisposition.RESET);
    const inherited = Object.values(phases).flatMap((counts) => Object.keys(counts.inherited));
    assert.ok(inherited.includes('9000'), JSON.stringify(phases));
  });
});
