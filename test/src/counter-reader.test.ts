/** The counter with the applicant's card in a real PC/SC reader: issue, PINs set anew, renewal; OpenSC and OpenSSL say what the card holds then. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  type Ca,
  caListener,
  createCounterLink,
  demoRegister,
  importRegister,
  initCa,
  openCa,
} from '@madoguchi/ca';
import { listReaders } from '@madoguchi/client';
import { type Database, openDatabase, openKeystore } from '@madoguchi/store';
import type { Browser, Page } from 'playwright-core';
import { counterOf } from '../../packages/madoguchi/dist/start/counter.js';
import { type Journal, recordActivations } from './support/activations.js';
import { keepPicture } from './support/artifacts.js';
import { launchChromium } from './support/browser.js';
import { inPcscNamespace, run } from './support/pcsc-namespace.js';
import { temporaryFolder } from './support/running-city.js';
import { saysPin } from './support/says-pin.js';

const bin = fileURLToPath(new URL('../../packages/madoguchi/bin/madoguchi.mjs', import.meta.url));
const reader = 'Virtual PCD 00 00';
const taro = { municipality: '99201', number: '00001001' };
const pins = { sign: 'SOUMU2026', auth: '5936', newSign: 'TARO2027', newAuth: '4826' };

inPcscNamespace(import.meta.url, ['chromium', 'openssl', 'pkcs15-tool', 'pkcs11-tool'], () => {
  let dir: string;
  let remove: () => Promise<void>;
  let db: Database;
  let ca: Ca;
  let server: Server;
  let base: string;
  let browser: Browser;
  let page: Page;
  let journal: Journal;
  const log: string[] = [];

  before(async () => {
    ({ dir, remove } = await temporaryFolder('counter-reader'));
    db = await openDatabase({ dataDir: dir });
    const keystore = await openKeystore({ dir: path.join(dir, 'keys'), demo: true, env: {} });
    await initCa({ sql: db.sql, keystore, scheme: 'national', now: new Date() });
    ca = await openCa({ sql: db.sql, keystore, clock: () => new Date() });
    await importRegister(ca.context, await readFile(demoRegister), 'operator');
    server = createServer(
      caListener(ca, {
        access: { open: true },
        counter: counterOf(dir, keystore),
        log: (line) => log.push(JSON.stringify(line)),
        onFault: (_, error) => log.push(String(error)),
      }),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchChromium();
    const clerk = await browser.newContext({ locale: 'ja-JP' });
    journal = await recordActivations(clerk);
    page = await clerk.newPage();
    await page.goto(
      `${base}${await createCounterLink(ca.context, { municipality: '99201', clerk: 'clerk-7' })}`,
    );
  });
  after(async () => {
    await browser?.close();
    server?.close();
    await db?.close();
    await remove?.();
  });

  const madoguchi = (...words: string[]) => run(process.execPath, [bin, ...words, '--data', dir]);
  const press = (selector: string) =>
    Promise.all([page.waitForEvent('load'), page.locator(selector).click()]);

  /** From the search to the applicant's own page, for an act of this kind; a plain issue has nothing to choose. */
  async function begin(kind?: 'renew' | 'pin'): Promise<string> {
    await page.goto(`${base}/counter`);
    journal.events.length = 0;
    await page.locator('[name=q]').fill('総務 太郎');
    await press('main form button');
    await press('tr:first-child a[href^="/counter/residents/"]');
    const seen = (await page.locator('main').textContent()) ?? '';
    await keepPicture(`counter-reader-${kind ?? 'issue'}`, page);
    if (kind !== undefined) {
      const choice = page.locator(`[name=kind][value=${kind}]`);
      assert.equal(await choice.count(), 1, `${kind} is not offered: ${seen}`);
      await choice.check();
    }
    await page.locator('[name=evidence][value=licence]').check();
    await press('form[action$="/act"] button');
    return seen;
  }

  async function typePins(sign: string, auth: string): Promise<void> {
    for (const name of ['signature', 'signature2']) await page.locator(`[name=${name}]`).fill(sign);
    for (const name of ['authentication', 'authentication2']) await page.locator(`[name=${name}]`).fill(auth);
    await press('main form button:not([data-reveal])');
  }

  /** Serves a card of the stock in the reader for the length of `work`, by the product's own command. */
  async function served(file: string, work: () => Promise<void>): Promise<void> {
    const child = spawn(process.execPath, [bin, 'card', 'serve', file, '--data', dir]);
    const gone = once(child, 'exit');
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text));
    child.stderr.on('data', (text: Buffer) => (said += text));
    while (!said.includes('ready')) {
      assert.equal(child.exitCode, null, said);
      await pause(20);
    }
    try {
      // It answers, and pcscd tells of it a moment later.
      while ((await listReaders()).readers.every(({ kind }) => kind === undefined)) await pause(50);
      await work();
    } finally {
      child.kill('SIGTERM');
      await gone;
    }
  }

  /** The certificate that OpenSC reads from the card, as its serial number in hexadecimal. */
  async function serialOnCard(id: '1' | '2', pin?: string): Promise<string> {
    const auth = pin === undefined ? [] : ['-a', id, '--verify-pin', '--pin', pin];
    const read = await run('pkcs15-tool', ['--read-certificate', id, ...auth]);
    const pem = path.join(dir, `read-${id}.pem`);
    await writeFile(pem, read.stdout);
    const { stdout } = await run('openssl', ['x509', '-in', pem, '-noout', '-serial']);
    return stdout.replace('serial=', '').trim();
  }

  const valid = async (profile: 'signature' | 'authentication') =>
    (await ca.list({ municipality: '99201', profile })).filter(({ status }) => status === 'valid');

  test('keys are made in the applicant’s card in the reader in six activations, PINs are set anew and certificates renewed there; OpenSC and OpenSSL read and use what was written', async () => {
    const ordered = await madoguchi(
      'card',
      'order',
      '--municipality',
      '99201',
      '--resident',
      taro.number,
      '--json',
    );
    assert.equal(ordered.code, 0, ordered.stderr);
    const { file } = JSON.parse(ordered.stdout);
    await served(file, async () => {
      const seen = await begin();
      assert.match(seen, new RegExp(`${reader}.*この方のカードが入っています`));
      await typePins(pins.sign, pins.auth);
      assert.match(page.url(), /\/counter\/acts\//, await page.content());
      const [copy] = await Promise.all([
        page.waitForResponse((response) => response.url().endsWith('copy.pdf')),
        page.locator('a[href$="copy.pdf"]').click(),
      ]);
      assert.equal(copy.status(), 200);
      assert.ok(journal.activations().length <= 6, journal.describe());
      const [signature] = await valid('signature');
      const [authentication] = await valid('authentication');
      assert.equal(await serialOnCard('1'), authentication?.serial);
      assert.equal(await serialOnCard('2', pins.sign), signature?.serial);

      await begin('pin');
      await typePins(pins.newSign, pins.newAuth);
      assert.match(page.url(), /\/counter\/acts\//);
      const old = await run('pkcs15-tool', ['--verify-pin', '-a', '1', '--pin', pins.auth]);
      assert.notEqual(old.code, 0);
      assert.equal(await serialOnCard('2', pins.newSign), signature?.serial);

      await begin('renew');
      await typePins(pins.newSign, pins.newAuth);
      const [renewed] = await valid('signature');
      assert.notEqual(renewed?.serial, signature?.serial);
      assert.equal(await serialOnCard('2', pins.newSign), renewed?.serial);
      const message = path.join(dir, 'm.txt');
      await writeFile(message, 'letter');
      const made = path.join(dir, 's.bin');
      const words = ['--slot', '1', '-l', '--pin', pins.newSign, '-s', '-m', 'SHA256-RSA-PKCS', '--id', '02'];
      const signed = await run('pkcs11-tool', [...words, '-i', message, '-o', made]);
      assert.equal(signed.code, 0, signed.stderr);
      const key = path.join(dir, 'key.pem');
      await writeFile(
        key,
        (await run('openssl', ['x509', '-in', path.join(dir, 'read-2.pem'), '-noout', '-pubkey'])).stdout,
      );
      const judged = await run('openssl', ['dgst', '-sha256', '-verify', key, '-signature', made, message]);
      assert.match(judged.stdout, /Verified OK/);
    });
    const text = log.join('\n');
    for (const pin of Object.values(pins)) assert.ok(!saysPin(text, pin), text);
  });

  test('another person’s card in the reader is not touched: the clerk sees it, and no PIN goes to it', async () => {
    const other = await madoguchi(
      'card',
      'order',
      '--municipality',
      '99201',
      '--resident',
      '00001002',
      '--json',
    );
    assert.equal(other.code, 0, other.stderr);
    await served(JSON.parse(other.stdout).file, async () => {
      const seen = await begin('pin');
      assert.match(seen, new RegExp(`${reader}.*この方のカードではない`));
      await typePins(pins.sign, pins.auth);
      const tried = await run('pkcs15-tool', ['--verify-pin', '-a', '1', '--pin', pins.auth]);
      assert.notEqual(tried.code, 0, 'the other card has not got this PIN');
    });
  });
});
