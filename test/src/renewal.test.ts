/** Online renewal through the client, with the card's image and a real authority: in a browser, on the command line, cut off at each step. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ClientError, RenewalError, renewalService, renewKey } from '@madoguchi/client';
import type { Page } from 'playwright-core';
import { recordActivations } from './support/activations.js';
import { desktop, saveJournal, takePictures } from './support/artifacts.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import { auditByAxe, auditPage } from './support/page-audit.js';
import { endOf, type RenewalWorld, renewalPins, renewalWorld } from './support/renewal-world.js';
import { repository } from './support/running-city.js';
import { saysPin } from './support/says-pin.js';

const dayMs = 24 * 3600_000;
const kinds = { sign: 'signature', auth: 'authentication' } as const;

describe('a renewal that is cut off', () => {
  let world: RenewalWorld;
  before(async () => {
    world = await renewalWorld(3000);
  });
  after(() => world.close());

  const input = (key: 'sign' | 'auth', fetch?: typeof globalThis.fetch) => ({
    ...{ key, channel: world.channel, anchors: world.anchors, pin: () => renewalPins[key] },
    service: renewalService(world.url, fetch),
    clock: () => world.now,
  });

  /** Asks, and loses the answer on its way back. */
  const losing =
    (where: string): typeof globalThis.fetch =>
    async (url, init) => {
      const answer = await fetch(url, init);
      if (!String(url).endsWith(where)) return answer;
      throw new TypeError('network lost');
    };

  for (const key of ['sign', 'auth'] as const)
    test(`${kinds[key]}: whatever step it is cut off before, the certificate in the card counts, and the next call ends well`, async () => {
      for (const lost of ['making', 'asking', 'writing', 'confirming', 'activating', 'telling'] as const) {
        const old = await world.inUse(key);
        const stopped = renewKey({
          ...input(key),
          onStep: (step) => {
            if (step === lost) throw new Error('power lost');
          },
        });
        await assert.rejects(stopped, /power lost/);
        const inCard = await world.inUse(key);
        assert.equal(Buffer.from(inCard).equals(old), lost !== 'telling', lost);
        assert.equal(await world.statusOf(inCard), 'valid', `${lost}: what the card holds counts`);
        const { after: fresh } = await renewKey(input(key));
        assert.deepEqual(await world.inUse(key), fresh.der);
        assert.notDeepEqual(fresh.der, old);
        assert.equal((await world.statuses(kinds[key])).filter((one) => one === 'delivered valid').length, 1);
      }
    });

  test('answers lost on the network: nothing changes without the request’s answer, and a lost confirmation is made up for', async () => {
    const old = await world.inUse('sign');
    const count = (await world.statuses('signature')).length;
    await assert.rejects(renewKey(input('sign', losing('/renewal'))), (error: unknown) => {
      return error instanceof RenewalError && error.rule === 'renewal.unreachable';
    });
    assert.deepEqual(await world.inUse('sign'), old);
    assert.equal((await world.statuses('signature')).length, count + 1, 'asked three times, made once');
    await assert.rejects(renewKey(input('sign', losing('/confirm'))), RenewalError);
    assert.deepEqual(await world.inUse('sign'), old);
    const { after: fresh } = await renewKey(input('sign'));
    assert.deepEqual(await world.inUse('sign'), fresh.der);
  });

  test('the attempt lapsed in between: the next call makes a new key and ends well', async () => {
    await assert.rejects(
      renewKey({
        ...input('auth'),
        onStep: (step) => {
          if (step === 'confirming') throw new Error('power lost');
        },
      }),
    );
    await world.ca.recover(-1000);
    const { after: fresh } = await renewKey(input('auth'));
    assert.deepEqual(await world.inUse('auth'), fresh.der);
  });

  test('an authority that lies: another person’s certificate, another key’s, an unknown authority’s word – nothing comes into use', async () => {
    const old = await world.inUse('sign');
    const honest = renewalService(world.url);
    const other = await world.inUse('auth');
    const lies = [
      { ...honest, request: async () => ({ certificate: other, issuer: world.anchors[1] ?? other }) },
      { ...honest, request: async () => ({ certificate: old, issuer: world.anchors[0] ?? old }) },
      { ...honest, confirm: async () => new Uint8Array(32) },
    ];
    for (const service of lies)
      await assert.rejects(
        renewKey({ ...input('sign'), service }),
        (error: unknown) => error instanceof RenewalError && error.rule === 'renewal.answer',
      );
    await assert.rejects(renewKey({ ...input('sign'), anchors: [] }), RenewalError);
    assert.deepEqual(await world.inUse('sign'), old);
    await assert.rejects(
      renewKey({ ...input('sign'), pin: () => 'WRONG999' }),
      (error: unknown) => error instanceof ClientError && error.code === 'pin-wrong',
    );
    await renewKey(input('sign'));
  });

  test('nothing that names anybody stands in the log', () => {
    const log = world.log.join('\n');
    assert.match(log, /"\/renewal"/);
    assert.doesNotMatch(log, /総務/);
    for (const pin of ['TARO2026', '4826']) assert.ok(!saysPin(log, pin), log);
  });
});

describe('renewal by a person', { skip: chromiumPath === undefined && 'chromium is not installed' }, () => {
  let world: RenewalWorld;
  before(async () => {
    world = await renewalWorld();
    world.now = new Date(endOf(await world.inUse('auth')).getTime() - 60 * dayMs);
  });
  after(() => world.close());

  const look = async (page: Page, name: string, lang: 'ja' | 'en' = 'ja') => {
    await auditPage(page, name, lang);
    await auditByAxe(page, name);
    await takePictures(`renewal-${name}`, page);
  };

  test('both certificates at home in three activations from the agent’s start page, in three registers; then it is not yet due again, by the keyboard and without JavaScript', async () => {
    const agent = await world.agent();
    const browser = await launchChromium();
    try {
      const context = await browser.newContext({ locale: 'ja-JP', viewport: desktop, deviceScaleFactor: 2 });
      const journal = await recordActivations(context);
      const page = await context.newPage();
      for (const lang of ['jaEasy', 'en'] as const) {
        await page.goto(`${agent.homeUrl}/renewal?lang=${lang}`);
        await look(page, `ask-${lang}`, lang === 'en' ? 'en' : 'ja');
      }
      const old = { sign: await world.inUse('sign'), auth: await world.inUse('auth') };
      await page.goto(`${agent.homeUrl}?lang=ja`);
      assert.match((await page.locator('main').textContent()) ?? '', /期限が近づいています.*あと 60 日/s);
      await look(page, 'home');
      journal.events.length = 0;
      await page.locator('#renew').click();
      await page.locator('#next').waitFor();
      await look(page, 'ask');
      await page.locator('[name=pin-auth]').fill(renewalPins.auth);
      await page.locator('[name=pin-sign]').fill(renewalPins.sign.toLowerCase());
      await page.locator('#next').click();
      await page.locator('#yes').waitFor();
      // It is dead, and grey, for its first half second.
      await page.waitForTimeout(700);
      await look(page, 'confirm');
      assert.match((await page.locator('main').textContent()) ?? '', /総務　太郎/);
      await page.locator('#yes').click();
      await page.getByRole('heading', { level: 1, name: '更新しました' }).waitFor();
      await look(page, 'done');
      saveJournal('renewal', journal);
      assert.ok(journal.activations().length <= 4, journal.describe());
      assert.equal(journal.activations().length, 3, journal.describe());
      for (const key of ['sign', 'auth'] as const) {
        const fresh = await world.inUse(key);
        assert.ok(endOf(fresh) > endOf(old[key]));
        assert.deepEqual(await world.statuses(kinds[key]), ['delivered valid', 'delivered superseded']);
      }

      const plain = await browser.newContext({ locale: 'en-GB', javaScriptEnabled: false });
      const still = await plain.newPage();
      await still.goto(`${agent.homeUrl}?lang=en`);
      await still.getByRole('link', { name: 'Certificate renewal' }).press('Enter');
      await still.locator('[name=pin-auth]').fill('0000');
      await still.locator('[name=pin-auth]').press('Enter');
      await still.getByRole('link', { name: 'Tries left: 2' }).waitFor();
      await still.locator('[name=pin-auth]').fill(renewalPins.auth);
      await still.locator('[name=pin-auth]').press('Enter');
      await still.getByRole('heading', { level: 1, name: 'Certificates to renew' }).waitFor();
      assert.match((await still.locator('main').textContent()) ?? '', /nothing to renew now.*Not yet/s);
      assert.equal(await still.locator('#yes').count(), 0);
    } finally {
      await browser.close();
      await agent.close();
    }
  });

  test('by the command: both certificates, and refused when nothing is due', async () => {
    const run = (...more: string[]) =>
      new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
        const child = spawn(
          process.execPath,
          [
            path.join(repository, 'packages/madoguchi/bin/madoguchi.mjs'),
            ...['renew', '--card', world.card, '--data', world.dir, '--url', world.url, '--lang', 'ja'],
            ...['--auth-pin-env', 'A', '--sign-pin-env', 'S', ...more],
          ],
          { env: { ...process.env, A: renewalPins.auth, S: renewalPins.sign } },
        );
        let [out, err] = ['', ''];
        child.stdout.on('data', (part) => {
          out += part;
        });
        child.stderr.on('data', (part) => {
          err += part;
        });
        child.on('close', (code) => resolve({ code, out, err }));
      });
    const early = await run();
    assert.equal(early.code, 77, early.err);
    assert.match(early.err, /まだ更新の時期ではありません/);
    world.now = new Date(endOf(await world.inUse('auth')).getTime() - 10 * dayMs);
    const done = await run('--json');
    assert.equal(done.code, 0, done.err);
    const told = JSON.parse(done.out) as { certificate: string; endsOn: string }[];
    assert.deepEqual(
      told.map(({ certificate }) => certificate),
      ['auth', 'sign'],
    );
    assert.match(done.err, /カードの中に新しい鍵を作っています/);
    assert.equal(new Date(told[1]?.endsOn ?? 0).getTime(), endOf(await world.inUse('sign')).getTime());
  });
});
