/** A smartphone token made on the agent's pages of a running city, used at the agency instead of the card, and ended when the phone is lost. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { recordActivations } from './support/activations.js';
import { desktop, saveJournal, takePictures } from './support/artifacts.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import { fileApplication } from './support/citizen.js';
import { enterDesk } from './support/desk.js';
import { freePorts } from './support/free-ports.js';
import { logIn } from './support/login.js';
import { auditByAxe, auditPage } from './support/page-audit.js';
import { run } from './support/pcsc-namespace.js';
import { madoguchi, type RunningCity, startCity, temporaryFolder } from './support/running-city.js';

const cardPin = 'ABC123';
const pins = { sign: 'PHONE2026', auth: '7788' };

describe('a smartphone token by a person', {
  skip: chromiumPath === undefined && 'chromium is not installed',
}, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let city: RunningCity;
  let browser: Browser;
  before(async () => {
    folder = await temporaryFolder('phones');
    const port = await freePorts(3);
    const args = ['--port', String(port), '--agent-port', String(port + 2)];
    [city, browser] = await Promise.all([startCity({ dir: folder.dir, args }), launchChromium()]);
  });
  after(async () => {
    await browser.close();
    await city.stop();
    await folder.remove();
  });

  const look = async (page: Page, name: string, lang: 'ja' | 'en' = 'ja') => {
    await auditPage(page, name, lang);
    await auditByAxe(page, name);
    await takePictures(`phones-${name}`, page);
  };

  test('made in three activations, chosen instead of the card at the agency, where the officer sees three green lights, and ended when lost', async () => {
    const context = await browser.newContext({ locale: 'ja-JP', viewport: desktop, deviceScaleFactor: 2 });
    const journal = await recordActivations(context);
    const page = await context.newPage();
    const home = city.addresses.agentHome;
    for (const lang of ['jaEasy', 'en'] as const) {
      await page.goto(`${home}/phones?lang=${lang}`);
      await look(page, `ask-${lang}`, lang === 'en' ? 'en' : 'ja');
    }
    await page.goto(`${home}?lang=ja`);
    journal.events.length = 0;
    await page.getByRole('link', { name: 'スマホ用電子証明書' }).click();
    await page.locator('[name=pin]').fill(cardPin);
    await page.locator('#next').click();
    await page.locator('#make').waitFor();
    await look(page, 'choose');
    await page.locator('[name=medium][value=android]').check();
    for (const number of [1, 2]) {
      await page.locator(`[name=sign${number}]`).fill(pins.sign);
      await page.locator(`[name=auth${number}]`).fill(pins.auth);
    }
    await page.locator('#make').click();
    await page.getByRole('heading', { level: 1, name: 'スマホ用電子証明書ができました' }).waitFor();
    await look(page, 'done');
    saveJournal('phone', journal);
    // The kind of phone is one more press of the mouse.
    assert.ok(journal.activations().length <= 4, journal.describe());

    const { receiptUrl } = await fileApplication(context, city.addresses, {
      password: pins.sign,
      at: async (moment, agent) => {
        if (moment !== '3-agent-asks') return;
        await agent.locator('input[name=card][value="android-1.card"]').check();
        await takePictures('phones-sign', agent);
      },
    });
    const number = new URL(receiptUrl).pathname.split('/').at(-1) ?? '';
    const officer = await enterDesk(city.addresses.desk);
    const { lights } = await officer.examine(number);
    for (const name of ['signature', 'identity', 'validity'] as const)
      assert.equal(lights?.[name].state, 'good', lights?.[name].text);

    // A browser that knows nothing of the application: the phone's authentication key finds it again, though it cost no second PIN to name it.
    const elsewhere = await browser.newContext({ locale: 'ja-JP' });
    const { page: own } = await logIn(
      elsewhere,
      city.addresses,
      async (moment, agent) => {
        if (moment === 'login-2-agent-asks')
          await agent.locator('input[name=card][value="android-1.card"]').check();
      },
      pins.auth,
    );
    await own.getByRole('link', { name: number }).click();
    await own.getByRole('heading', { level: 1, name: '申請が届きました' }).waitFor();
    await elsewhere.close();

    await page.goto(`${home}/phones?lang=en`);
    await page.locator('[name=pin]').fill(cardPin);
    await page.locator('#next').click();
    await page.getByRole('heading', { name: 'Android' }).waitFor();
    await look(page, 'have-en', 'en');
    await page.getByRole('button', { name: 'Revoke: it is lost' }).click();
    await page.getByRole('alert').getByText('Nothing has been revoked').waitFor();
    await look(page, 'have-unsure', 'en');

    const plain = await browser.newContext({ locale: 'en-GB', javaScriptEnabled: false });
    const still = await plain.newPage();
    await still.goto(`${home}?lang=en`);
    await still.getByRole('link', { name: 'Smartphone certificates' }).press('Enter');
    await still.locator('[name=pin]').fill(cardPin);
    await still.locator('[name=pin]').press('Enter');
    await still.getByRole('heading', { name: 'Android' }).waitFor();
    await still.locator('[name^=sure-]').check();
    await still.getByRole('button', { name: 'Revoke: it is lost' }).press('Enter');
    await still.getByText('The certificates of the Android phone are revoked').waitFor();
    await still.getByText('None yet.').waitFor();
    // What was chosen stays chosen beside passwords that are refused, and the field is named.
    await still.locator('[name=medium][value=iphone]').check();
    for (const [name, value] of Object.entries({
      sign1: pins.sign,
      sign2: pins.sign,
      auth1: '7788',
      auth2: '8877',
    }))
      await still.locator(`[name=${name}]`).fill(value);
    await still.locator('#make').press('Enter');
    await still.locator('[name=auth2][aria-invalid=true]').waitFor();
    assert.ok(await still.locator('[name=medium][value=iphone]').isChecked());
    await context.close();
    await plain.close();
  });

  test('what is no longer wanted its holder ends at home: the signature certificate on the agent’s page, the other one by a command; each says so from then on', async () => {
    const home = city.addresses.agentHome;
    const context = await browser.newContext({ locale: 'ja-JP', viewport: desktop, deviceScaleFactor: 2 });
    const page = await context.newPage();
    for (const lang of ['jaEasy', 'en'] as const) {
      await page.goto(`${home}/revocation?lang=${lang}`);
      await look(page, `end-${lang}`, lang === 'en' ? 'en' : 'ja');
    }
    await page.goto(`${home}?lang=ja`);
    await page.getByRole('link', { name: '電子証明書の失効申請' }).click();
    await look(page, 'end');
    const password = page.locator('[name=pin-sign]');
    await password.fill(cardPin);
    await page.locator('#end-sign').click();
    await page.getByRole('alert').getByText('まだ何も失効していません').waitFor();
    await look(page, 'end-unsure');
    await page.locator('[name=sure-sign]').check();
    await password.fill('WRONG1');
    await page.locator('#end-sign').click();
    await page.getByRole('alert').getByText('パスワードが ちがいます').waitFor();
    await page.locator('[name=sure-sign]').check();
    await password.fill(cardPin);
    await page.locator('#end-sign').click();
    await page.getByRole('heading', { level: 1, name: '失効しました' }).waitFor();
    await look(page, 'end-done');
    await context.close();

    const command = (...words: string[]) =>
      run(process.execPath, [madoguchi, 'card', ...words, '--data', city.dir, '--lang', 'en'], {
        env: { SIGN: cardPin, AUTH: '1234' },
      });
    const card = ['--card', city.addresses.card.file, '--url', city.addresses.ca];
    const unasked = await command('revoke', 'auth', ...card, '--pin-env', 'AUTH');
    assert.equal(unasked.code, 64, unasked.stderr);
    assert.match(unasked.stderr, /for ever: say --yes/);
    const ended = await command('revoke', 'auth', '--yes', ...card, '--pin-env', 'AUTH');
    assert.equal(ended.code, 0, ended.stderr);
    assert.match(ended.stdout, /User authentication certificate: revoked on/);
    const again = await command('revoke', 'sign', '--yes', ...card, '--pin-env', 'SIGN');
    assert.equal(again.code, 77, again.stdout);
    assert.match(again.stderr, /revoked already/);
    for (const [name, pin] of Object.entries({ sign: 'SIGN', auth: 'AUTH' })) {
      const asked = ['--card', city.addresses.card.file, '--check', '--ocsp', `${city.addresses.ca}/ocsp`];
      const said = await command('cert', name, ...asked, '--pin-env', pin);
      assert.equal(said.code, 1, said.stdout);
      assert.match(said.stdout, /Revoked on/);
    }
  });
});
