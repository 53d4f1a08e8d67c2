/** The counter in a real browser: from the search to the copy in the applicant's hand; what the card and other programs then say. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { typeset } from '@madoguchi/agency';
import {
  type Ca,
  caListener,
  createCounterLink,
  demoRegister,
  imageCards,
  importRegister,
  initCa,
  openCa,
} from '@madoguchi/ca';
import { aids, apdu, efs, openCardImage, splitResponse } from '@madoguchi/card';
import { type Database, openDatabase, openKeystore } from '@madoguchi/store';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Journal, recordActivations } from './support/activations.js';
import { keepPicture, saveArtifact } from './support/artifacts.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import { auditByAxe, auditPage } from './support/page-audit.js';
import { temporaryFolder } from './support/running-city.js';

const signPin = 'TARO2026';
const authPin = '4826';
const widths = { desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } };

describe('the counter', { skip: chromiumPath === undefined ? 'chromium is not installed' : false }, () => {
  let dir: string;
  let remove: () => Promise<void>;
  let db: Database;
  let ca: Ca;
  let server: Server;
  let base: string;
  let browser: Browser;
  let clerk: BrowserContext;
  let journal: Journal;
  let imageKey: Uint8Array;
  const log: string[] = [];

  before(async () => {
    const folder = await temporaryFolder('counter');
    dir = folder.dir;
    remove = folder.remove;
    db = await openDatabase({ dataDir: dir });
    const keystore = await openKeystore({ dir: path.join(dir, 'keys'), demo: true, env: {} });
    await initCa({ sql: db.sql, keystore, scheme: 'national', now: new Date() });
    ca = await openCa({ sql: db.sql, keystore, clock: () => new Date() });
    await importRegister(ca.context, await readFile(demoRegister), 'operator');
    imageKey = keystore.derive('card-image');
    const cards = imageCards({ dir: path.join(dir, 'cards'), imageKey, keystore });
    server = createServer(
      caListener(ca, {
        access: { open: true },
        counter: { cards, typeset },
        log: (line) => log.push(JSON.stringify(line)),
        onFault: (_, error) => log.push(String(error)),
      }),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchChromium();
    clerk = await browser.newContext({ locale: 'ja-JP' });
    journal = await recordActivations(clerk);
    const page = await clerk.newPage();
    await page.goto(
      `${base}${await createCounterLink(ca.context, { municipality: '99201', clerk: 'clerk-7' })}`,
    );
    await page.close();
  });
  after(async () => {
    await browser?.close();
    server?.close();
    await db?.close();
    await remove?.();
  });

  /** Looks at a page as it is: picture, one heading, nothing beside the screen, axe. */
  async function look(page: Page, name: string, lang: 'ja' | 'en' = 'ja'): Promise<void> {
    for (const [width, viewport] of Object.entries(widths)) {
      await page.setViewportSize(viewport);
      await keepPicture(`counter-${name}-${width}`, page);
      await auditPage(page, `${name} ${width}`, lang);
      await auditByAxe(page, `${name} ${width}`);
    }
    await page.setViewportSize(widths.desktop);
  }

  async function typePins(page: Page, sign: string | undefined, auth: string): Promise<void> {
    if (sign !== undefined) {
      await page.locator('[name=signature]').fill(sign);
      await page.locator('[name=signature2]').fill(sign);
    }
    await page.locator('[name=authentication]').fill(auth);
    await page.locator('[name=authentication2]').fill(auth);
  }

  /** What the card in the folder answers to a PIN. */
  async function tryPin(
    name: string,
    pin: 'signaturePin' | 'authenticationPin',
    value: string,
  ): Promise<string> {
    const card = await openCardImage(path.join(dir, 'cards', name), { imageKey });
    try {
      card.powerOn();
      await card.transmit(apdu.selectApplication(aids.jpki));
      await card.transmit(apdu.selectFile(efs.jpki[pin].id));
      const answer = await card.transmit(apdu.verify(value));
      return splitResponse(answer)?.status.kind ?? 'none';
    } finally {
      await card.close();
    }
  }

  /** Makes the letter of inquiry of the resident's page that is shown; the number that stands on the paper. */
  async function printLetter(page: Page): Promise<string> {
    const csrf = await page.locator('form[action$="/letter"] [name=csrf]').getAttribute('value');
    const where = await page.locator('form[action$="/letter"]').getAttribute('action');
    const answer = await page.request.post(new URL(where ?? '', base).href, {
      form: { csrf: csrf ?? '', kinds: 'issue' },
    });
    assert.equal(answer.headers()['content-type'], 'application/pdf', await answer.text());
    const pdf = path.join(dir, 'letter.pdf');
    await writeFile(pdf, await answer.body());
    saveArtifact(path.join('counter', 'letter.pdf'), await answer.body());
    execFileSync('qpdf', ['--check', pdf]);
    const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
    assert.match(text, /照\s*会\s*書/);
    assert.match(text, /回\s*答\s*書/);
    // What lies in the window of the envelope, in points from the top left: the address and nothing else.
    const mm = (length: number) => String(Math.round((length / 25.4) * 72));
    const inWindow = ['-x', mm(20), '-y', mm(12), '-W', mm(88), '-H', mm(38)];
    const shown = execFileSync('pdftotext', ['-f', '1', '-l', '1', ...inWindow, pdf, '-'], {
      encoding: 'utf8',
    });
    assert.equal(shown.replace(/\s/g, ''), '見本県見本市大字鷹野髙台４５６番地７見本ハイツ１０２号𠮷田梅様');
    const number = /\d{4}-\d{4}-\d{4}/.exec(text)?.[0] ?? '';
    assert.notEqual(number, '');
    return number;
  }

  async function lastCard(): Promise<string> {
    const [row] = await db.sql<
      { name: string }[]
    >`select name from ca.counter_card order by made_at desc limit 1`;
    return row?.name ?? '';
  }

  test('an issue with substituted characters takes six activations, each tick counted; nothing of the clerk and only the substituted characters stand on the applicant’s page; the copy is good for qpdf and bears OpenSSL’s fingerprint; the card knows the PINs', async () => {
    const page = await clerk.newPage();
    const press = (selector: string) =>
      Promise.all([page.waitForEvent('load'), page.locator(selector).click()]);
    journal.events.length = 0;
    await page.goto(`${base}/counter`);
    await page.locator('[name=q]').fill('髙﨑 1991-12-31');
    await press('form[action="/counter"] button');
    await look(page, 'found');
    await press('tr:first-child a[href^="/counter/residents/"]');
    await page.locator('[name=evidence][value=licence]').check();
    await page.locator('[name=consent]').check();
    await look(page, 'resident');
    await press(`form[action$="/act"] button`);
    assert.match(page.url(), /\/counter\/pin\//);
    const shown = await page.content();
    assert.match(shown, /髙[\s\S]*<mark>高<\/mark>/, 'the characters side by side');
    for (const secret of ['髙﨑', '高崎', '旭町', '1991', 'clerk-7', '/counter/residents']) {
      assert.ok(!shown.includes(secret), `${secret} stands on the applicant's page`);
    }
    await look(page, 'pin');
    await typePins(page, signPin.toLowerCase(), authPin);
    await press('main form button:not([data-reveal])');
    assert.match(page.url(), /\/counter\/acts\//);
    await look(page, 'done');
    assert.ok(journal.activations().length <= 6, journal.describe());

    const href = await page.locator('a[href$="copy.pdf"]').getAttribute('href');
    const answer = await page.request.get(new URL(href ?? '', base).href);
    assert.equal(answer.headers()['content-type'], 'application/pdf');
    const pdf = path.join(dir, 'copy.pdf');
    await writeFile(pdf, await answer.body());
    saveArtifact(path.join('counter', 'copy.pdf'), await answer.body());
    execFileSync('qpdf', ['--check', pdf]);
    const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
    assert.match(text, /電\s*子\s*証\s*明\s*書\s*の\s*写\s*し/);
    assert.match(text, /高崎.邉/);
    assert.match(text, /代替文字/);
    const root = (await ca.anchors()).signature[0];
    assert.ok(root);
    await writeFile(path.join(dir, 'root.der'), root);
    const print = execFileSync(
      'openssl',
      ['x509', '-inform', 'DER', '-in', path.join(dir, 'root.der'), '-noout', '-fingerprint', '-sha256'],
      { encoding: 'utf8' },
    );
    const hex = (print.split('=')[1] ?? '').replaceAll(':', '').trim();
    assert.ok(
      text.replace(/\s/g, '').includes(hex),
      'OpenSSL’s fingerprint of the authority stands on the copy',
    );

    const name = await lastCard();
    assert.equal(await tryPin(name, 'signaturePin', signPin), 'ok');
    assert.equal(await tryPin(name, 'authenticationPin', authPin), 'ok');
    await page.close();
  });

  test('a plain issue takes at most six activations from the search to the open copy', async () => {
    const page = await clerk.newPage();
    const press = (selector: string) =>
      Promise.all([page.waitForEvent('load'), page.locator(selector).click()]);
    await page.goto(`${base}/counter`);
    journal.events.length = 0;
    await page.locator('[name=q]').fill('総務 太郎');
    await press('form[action="/counter"] button');
    await press('tr:first-child a[href^="/counter/residents/"]');
    await page.locator('[name=evidence][value=licence]').check();
    await press(`form[action$="/act"] button`);
    await typePins(page, 'SOUMU2026', '5936');
    await press('main form button:not([data-reveal])');
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('copy.pdf')),
      page.locator('a[href$="copy.pdf"]').click(),
    ]);
    assert.equal(answer.status(), 200);
    assert.ok(journal.activations().length <= 6, journal.describe());
    assert.ok(journal.activations().length >= 5, 'they are counted');
    await page.close();
  });

  test('proof of identity, consent, letters and double entry are demanded in words, and nothing typed is lost but the PINs', async () => {
    const page = await clerk.newPage();
    const submit = (selector: string) =>
      Promise.all([page.waitForEvent('load'), page.locator(selector).click()]);
    await page.goto(`${base}/counter?q=${encodeURIComponent('𠮷田 梅')}`);
    await submit('a[href^="/counter/residents/"]');
    await page.locator('[name=evidence][value=insurance]').check();
    await submit('form[action$="/act"] button');
    assert.match(await page.content(), /Aを1つか、Bを2つ選んでください/);
    assert.ok(await page.locator('[name=evidence][value=insurance]').isChecked());
    await look(page, 'resident-errors');
    await page.locator('[name=evidence][value=pension]').check();
    await page.locator('[name=consent]').check();
    await page.locator('[name=who][value=agent]').check();
    await submit('form[action$="/act"] button');
    assert.match(await page.content(), /回答書の確認を、すべて行ってください/);
    const number = await printLetter(page);
    await page.locator('details', { hasText: '照会書を送る' }).locator('summary').click();
    await look(page, 'letter-form');
    for (const box of await page.locator('[name=answer]').all()) await box.check();
    await page.locator('[name=letter]').fill('0000-0000-0000');
    await submit('form[action$="/act"] button');
    assert.match(await page.content(), /照会書は、この方に出ていない/);
    await page.locator('[name=letter]').fill(number);
    await submit('form[action$="/act"] button');
    assert.match(page.url(), /\/counter\/pin\//);
    assert.match(await page.content(), /代理の方へ/);
    await typePins(page, 'ABCDEF', '12345'.slice(0, 3));
    await submit('main form button:not([data-reveal])');
    const html = await page.content();
    assert.match(html, /英字と数字をどちらも使い/);
    assert.ok(!html.includes('ABCDEF'), 'a PIN never comes back');
    await look(page, 'pin-errors');
    await page.close();
  });

  test('a child gets no signature certificate and needs a legal representative', async () => {
    const page = await clerk.newPage();
    const submit = (selector: string) =>
      Promise.all([page.waitForEvent('load'), page.locator(selector).click()]);
    await page.goto(`${base}/counter?q=${encodeURIComponent('総務 次郎')}`);
    await submit('a[href^="/counter/residents/"]');
    assert.equal(await page.locator('[name=who][value=self]').count(), 0);
    await page.locator('[name=evidence][value=passport]').check();
    await page.locator('[name=authority][value=juminhyo]').check();
    await look(page, 'child');
    await submit('form[action$="/act"] button');
    assert.equal(await page.locator('[name=signature]').count(), 0);
    await typePins(page, undefined, '1357');
    await submit('main form button:not([data-reveal])');
    assert.match(page.url(), /\/counter\/acts\//);
    const [row] = await db.sql<
      { issue: string }[]
    >`select issue from ca.counter_act where state = 'done' order by ended_at desc limit 1`;
    const made = await ca.list({ issue: row?.issue ?? '' });
    assert.deepEqual(
      made.map(({ profile }) => profile),
      ['authentication'],
    );
    await page.close();
  });

  test('a locked PIN is unlocked and set anew; a renewal supersedes the old certificates in the same act', async () => {
    const page = await clerk.newPage();
    const submit = (selector: string) =>
      Promise.all([page.waitForEvent('load'), page.locator(selector).click()]);
    const begin = async (kind: string) => {
      await page.goto(`${base}/counter?q=${encodeURIComponent('総務 花子')}`);
      await submit('a[href^="/counter/residents/"]');
      if (kind !== 'issue') await page.locator(`[name=kind][value=${kind}]`).check();
      await page.locator('[name=evidence][value=card]').check();
      if (kind === 'renew') await look(page, 'resident-renew');
      await submit('form[action$="/act"] button');
    };
    await begin('issue');
    await typePins(page, 'HANAKO1', '2468');
    await submit('main form button:not([data-reveal])');
    const name = await lastCard();
    for (let tries = 0; tries < 3; tries += 1) await tryPin(name, 'authenticationPin', '0000');
    assert.notEqual(await tryPin(name, 'authenticationPin', '2468'), 'ok', 'locked');

    await begin('pin');
    await typePins(page, 'HANAKO2', '1397');
    await submit('main form button:not([data-reveal])');
    assert.match(await page.content(), /パスワードを設定しました/);
    assert.equal(await tryPin(name, 'authenticationPin', '1397'), 'ok');
    assert.equal(await tryPin(name, 'signaturePin', 'HANAKO2'), 'ok');

    await begin('renew');
    await typePins(page, 'HANAKO3', '7531');
    await submit('main form button:not([data-reveal])');
    assert.match(await page.content(), /発行しました/);
    const [resident] = await db.sql<{ id: string }[]>`select id from ca.resident where name = '総務　花子'`;
    const all = await ca.list({ resident: resident?.id ?? '' });
    assert.deepEqual(all.map(({ status }) => status).sort(), ['revoked', 'revoked', 'valid', 'valid']);
    for (const { status, revocation } of all)
      if (status === 'revoked') assert.equal(revocation?.reason, 'superseded');
    await page.close();
  });

  test('a card reported lost in person with proof: all certificates end; a change of name entered on the screen revokes the signature certificate alone', async () => {
    const page = await clerk.newPage();
    const submit = (selector: string) =>
      Promise.all([page.waitForEvent('load'), page.locator(selector).click()]);
    const statuses = async (name: string) => {
      const [row] = await db.sql<{ id: string }[]>`select id from ca.resident where name = ${name}`;
      const all = await ca.list({ resident: row?.id ?? '' });
      return all
        .map(({ profile, status, revocation }) => `${profile} ${revocation?.reason ?? status}`)
        .sort();
    };
    const [taro] = await db.sql<{ id: string }[]>`select id from ca.resident where name = '総務　太郎'`;
    await page.goto(`${base}/counter/residents/${taro?.id}`);
    await page
      .locator('form[action$="/event"]')
      .locator('xpath=..')
      .locator('xpath=..')
      .locator('summary')
      .click();
    await submit('form[action$="/event"] button');
    await look(page, 'event-errors');
    await page.locator('[name=eventKind]').selectOption('name');
    await page.locator('[name=eventNumber]').fill('2026-000123');
    await page.locator('[name=eventDay]').fill('2026-01-05');
    await page.locator('[name=eventValue]').fill('見本　太郎');
    await submit('form[action$="/event"] button');
    assert.match(await page.content(), /見本　太郎/);
    assert.deepEqual(await statuses('見本　太郎'), ['authentication valid', 'signature affiliationChanged']);

    const [hanako] = await db.sql<{ id: string }[]>`select id from ca.resident where name = '総務　花子'`;
    await page.goto(`${base}/counter/residents/${hanako?.id}`);
    await page
      .locator('details', { has: page.locator('form[action$="/report"]') })
      .locator('summary')
      .first()
      .click();
    await submit('form[action$="/report"] button');
    await look(page, 'report-errors');
    await page.locator('[name=loss][value=lost]').check();
    await page.locator('[name=report-evidence][value=licence]').check();
    await submit('form[action$="/report"] button');
    assert.deepEqual(
      (await statuses('総務　花子')).filter((one) => /cessation|valid/.test(one)),
      ['authentication cessationOfOperation', 'signature cessationOfOperation'],
    );
    await page.close();
  });

  test('the counter’s pages hold in all three registers: one heading, nothing beside the screen, nothing for axe', async () => {
    const page = await clerk.newPage();
    const submit = (selector: string) =>
      Promise.all([page.waitForEvent('load'), page.locator(selector).click()]);
    await page.goto(`${base}/counter?q=${encodeURIComponent('𠮷田 梅')}`);
    await submit('a[href^="/counter/residents/"]');
    const resident = page.url();
    await page.locator('[name=evidence][value=licence]').check();
    await page.locator('[name=consent]').check();
    await submit('form[action$="/act"] button');
    const pins = page.url();
    const [act] = await db.sql<
      { id: string }[]
    >`select id from ca.counter_act where state = 'done' and issue is not null limit 1`;
    const valid = (await ca.list({ municipality: '99201' })).find(({ status }) => status === 'valid');
    const places = {
      found: `${base}/counter?q=${encodeURIComponent('高崎')}`,
      resident,
      pins,
      done: `${base}/counter/acts/${act?.id}`,
      next: `${base}/counter`,
      loss: `${base}/counter/loss`,
      record: `${base}/counter/record?check=yes`,
      people: `${base}/counter/record/people?check=yes`,
      clerks: `${base}/counter/clerks`,
      certificate: `${base}/counter/certificates/${valid?.alias}`,
    };
    for (const name of ['next', 'loss', 'record', 'people', 'clerks', 'certificate'] as const) {
      await page.goto(places[name]);
      await look(page, name);
    }
    for (const register of ['jaEasy', 'en'] as const) {
      for (const [name, where] of Object.entries(places)) {
        const url = new URL(where);
        url.searchParams.set('lang', register);
        await page.goto(url.href);
        await look(page, `${name}-${register}`, register === 'en' ? 'en' : 'ja');
      }
    }
    await page.goto(`${base}/counter?lang=ja`);
    await page.close();
  });

  test('every act stands in the audit chain with clerk, reason and kinds of evidence; no PIN, name or address is in chain, log or tables of acts', async () => {
    assert.equal((await ca.verifyAudit()).ok, true);
    const entries = await db.sql<
      { entry: string }[]
    >`select row_to_json(a)::text as entry from store.audit_entries a`;
    const text = `${entries.map(({ entry }) => entry).join('\n')}\n${log.join('\n')}`;
    assert.match(text, /counter\.issue\.prepared/);
    assert.match(text, /clerk-7/);
    assert.match(text, /licence/);
    const acts = await db.sql<{ act: string }[]>`select row_to_json(a)::text as act from ca.counter_act a`;
    const everything = `${text}\n${acts.map(({ act }) => act).join('\n')}`;
    for (const secret of [signPin, 'SOUMU2026', 'HANAKO', '総務', '髙﨑', '見本県']) {
      assert.ok(!everything.toUpperCase().includes(secret), secret);
    }
    for (const pin of [authPin, '5936', '1397', '7531']) assert.ok(!everything.includes(`"${pin}"`), pin);
  });

  test('without a session, from another municipality or with a stranger’s form nothing opens', async () => {
    const [row] = await db.sql<
      { id: string; resident: string }[]
    >`select id, resident from ca.counter_act limit 1`;
    const stranger = await browser.newContext();
    for (const where of [
      `/counter/residents/${row?.resident}`,
      `/counter/pin/${row?.id}`,
      `/counter/acts/${row?.id}/copy.pdf`,
    ]) {
      assert.equal((await stranger.request.get(base + where)).status(), 401, where);
    }
    await stranger.request.get(
      base + (await createCounterLink(ca.context, { clerk: 'clerk-9', municipality: '99301' })),
    );
    for (const where of [
      `/counter/residents/${row?.resident}`,
      `/counter/pin/${row?.id}`,
      `/counter/acts/${row?.id}/copy.pdf`,
    ]) {
      assert.equal((await stranger.request.get(base + where)).status(), 404, where);
    }
    const forged = await clerk.request.post(`${base}/counter/residents/${row?.resident}/act`, {
      form: { kind: 'issue' },
    });
    assert.equal(forged.status(), 403);
  });
});
