/** The reader on the clerk's desk: the counter is a web page, the card lies in a reader of the clerk's computer, the signing agent does the card work. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createCounterLink } from '@madoguchi/ca';
import { CardSession } from '@madoguchi/client';
import { buildCertificationRequest, generateKeyPair, parseCertificate, softwareSigner } from '@madoguchi/pki';
import type { Page } from 'playwright-core';
import { type Journal, recordActivations } from './support/activations.js';
import { keepPicture, saveJournal } from './support/artifacts.js';
import { chromiumPath, launchChromium } from './support/browser.js';
import { type CounterDesk, counterDesk } from './support/counter-desk.js';
import { auditByAxe, auditPage } from './support/page-audit.js';
import { saysPin } from './support/says-pin.js';

const pins = { sign: 'SOUMU2026', auth: '5936', sign2: 'TARO2027', auth2: '8412' };
const widths = { desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } };

describe('the reader on the clerk’s desk', {
  skip: chromiumPath === undefined ? 'chromium is not installed' : false,
}, () => {
  let desk: CounterDesk;
  let browser: Awaited<ReturnType<typeof launchChromium>>;
  let page: Page;
  let journal: Journal;

  before(async () => {
    desk = await counterDesk();
    // The counter is a page of a public network and the agent of this computer: as in a city, not as on one machine.
    browser = await launchChromium([
      `--ip-address-space-overrides=127.0.0.1:${new URL(desk.base).port}=public`,
    ]);
    const context = await browser.newContext({ locale: 'ja-JP' });
    journal = await recordActivations(context);
    page = await context.newPage();
    await page.goto(
      `${desk.base}${await createCounterLink(desk.ca.context, { municipality: '99201', clerk: 'clerk-7' })}`,
    );
  });
  after(async () => {
    await browser?.close();
    await desk?.close();
  });

  async function look(name: string): Promise<void> {
    for (const [width, viewport] of Object.entries(widths)) {
      await page.setViewportSize(viewport);
      await keepPicture(`counter-${name}-${width}`, page);
      await auditPage(page, `${name} ${width}`, 'ja');
      await auditByAxe(page, `${name} ${width}`);
    }
    await page.setViewportSize(widths.desktop);
  }

  const press = (selector: string) =>
    Promise.all([page.waitForEvent('load'), page.locator(selector).click()]);

  /** From the search to the agent's page. */
  async function begin(kind?: 'renew' | 'pin'): Promise<void> {
    await page.goto(`${desk.base}/counter`);
    journal.events.length = 0;
    await page.locator('[name=q]').fill('総務 太郎');
    await press('form[action="/counter"] button');
    await press('tr:first-child a[href^="/counter/residents/"]');
    if (kind !== undefined) await page.locator(`[name=kind][value=${kind}]`).check();
    await page.locator('[name=evidence][value=licence]').check();
    if (kind === undefined) await look('desk-resident');
    await page.locator('button[name=reader][value=agent]').click();
    await page.locator('#go-on').waitFor();
  }

  async function typePins(sign: string, auth: string): Promise<void> {
    for (const name of ['signature', 'signature2']) await page.locator(`[name=${name}]`).fill(sign);
    for (const name of ['authentication', 'authentication2']) await page.locator(`[name=${name}]`).fill(auth);
    await page.locator('#go-on').click();
  }

  const statuses = async () => {
    const [row] = await desk.sql<{ id: string }[]>`select id from ca.resident where name = '総務　太郎'`;
    return (await desk.ca.list({ resident: row?.id ?? '' }))
      .map(({ profile, state, status, revocation }) => `${profile} ${state} ${revocation?.reason ?? status}`)
      .sort();
  };

  test('a plain issue into a card in the clerk’s own reader takes at most six activations, from the search to the open copy; the passwords never reach the counter', async () => {
    const [taro] = await desk.sql<
      { number: string }[]
    >`select number from ca.resident where name = '総務　太郎'`;
    const card = await desk.order(taro?.number ?? '');
    desk.inReaders = [card];
    const posted: string[] = [];
    page.on('request', (request) => {
      if (request.url().startsWith(desk.base)) posted.push(request.postData() ?? '');
    });
    await begin();
    assert.match(page.url(), new RegExp(`^http://127\\.0\\.0\\.1:${desk.agent.uiPort}/desk/[0-9a-f]{32}`));
    const shown = (await page.locator('main').textContent()) ?? '';
    assert.match(shown, /カードの中に鍵を作り、証明書を書き込みます/);
    assert.match(shown, /総務　太郎.*見本市長.*clerk-7/s);
    await look('desk-agent');
    await typePins(pins.sign.toLowerCase(), pins.auth);
    await page.waitForURL(/\/counter\/acts\//);
    await look('desk-done');
    const [copy] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('copy.pdf')),
      page.locator('a[href$="copy.pdf"]').click(),
    ]);
    assert.equal(copy.status(), 200);
    saveJournal('counter-desk', journal);
    assert.ok(journal.activations().length <= 6, journal.describe());
    assert.ok(journal.activations().length >= 5, 'they are counted');

    assert.deepEqual(await statuses(), ['authentication delivered valid', 'signature delivered valid']);
    const session = new CardSession(card);
    assert.equal((await session.readCertificate('sign', pins.sign)).length > 500, true);
    const signature = await session.sign('auth', pins.auth, Buffer.from('窓口'));
    assert.equal(signature.length, 256);
    for (const text of [...posted, ...desk.log]) {
      for (const pin of [pins.sign, pins.auth]) assert.ok(!saysPin(text, pin), text);
    }
    const [act] = await desk.sql<{ state: string; consent: string[] }[]>`
      select state, consent from ca.counter_act order by number desc limit 1`;
    assert.equal(act?.state, 'done');
    assert.equal((await desk.ca.verifyAudit()).ok, true);
  });

  test('through the agent too: a PIN is set anew, a renewal supersedes what was there; a stranger’s card is not touched, and an empty reader is waited for', async () => {
    await begin('pin');
    await typePins('ABCDEFG', pins.auth);
    await page.getByRole('link', { name: '英字と数字をどちらも使い' }).waitFor();
    await look('desk-agent-errors');
    await typePins(pins.sign2, pins.auth2);
    await page.waitForURL(/\/counter\/acts\//);
    assert.match((await page.locator('main').textContent()) ?? '', /パスワードを設定しました/);
    const [card] = desk.inReaders;
    assert.ok(card);
    await new CardSession(card).readCertificate('sign', pins.sign2);

    const [other] = await desk.sql<{ number: string }[]>`
      select number from ca.resident where name = '総務　花子'`;
    const stranger = await desk.order(other?.number ?? '');
    await begin('renew');
    desk.inReaders = [stranger];
    await typePins(pins.sign, pins.auth);
    await page.getByRole('heading', { level: 1, name: '先へ進めませんでした' }).waitFor();
    assert.match((await page.locator('main').textContent()) ?? '', /この方のカードではありません/);
    await look('desk-stranger');
    await page.getByRole('link', { name: '窓口の画面にもどる' }).click();
    await page.waitForURL(/\/counter\/acts\//);

    desk.inReaders = [];
    await page.goto(`${desk.base}/counter?q=${encodeURIComponent('総務 太郎')}`);
    await press('tr:first-child a[href^="/counter/residents/"]');
    await page.locator('[name=kind][value=renew]').check();
    await page.locator('[name=evidence][value=licence]').check();
    await page.locator('button[name=reader][value=agent]').click();
    await page.getByText('リーダーにカードがありません').waitFor();
    await look('desk-empty');
    desk.inReaders = [stranger, card];
    await page.locator('#go-on').waitFor();
    await typePins(pins.sign, pins.auth);
    await page.waitForURL(/\/counter\/acts\//);
    assert.deepEqual(await statuses(), [
      'authentication delivered superseded',
      'authentication delivered valid',
      'signature delivered superseded',
      'signature delivered valid',
    ]);
    await new CardSession(card).readCertificate('sign', pins.sign);
    assert.equal((await desk.sql`select 1 from ca.renewal_overlap`).length, 0);
  });

  test('the network lost in the middle: the card holds a certificate that counts, the act has failed, and doing it again ends well', async () => {
    const [card] = desk.inReaders.slice(-1);
    assert.ok(card);
    const session = new CardSession(card);
    const counts = async () => {
      const parsed = parseCertificate(await session.readCertificate('auth'));
      assert.ok(parsed.ok);
      const serial = Buffer.from(parsed.value.serial).toString('hex');
      return (await desk.ca.show({ serial }))?.status;
    };
    for (const lost of ['certificate', 'confirm', 'changed'] as const) {
      await begin('renew');
      desk.lost = lost;
      await typePins(pins.sign, pins.auth);
      await page.getByText('認証局につながりません').waitFor();
      desk.lost = '';
      assert.equal(await counts(), 'valid', lost);
      const [act] = await desk.sql<{ state: string; rule: string }[]>`
        select state, rule from ca.counter_act order by number desc limit 1`;
      assert.deepEqual(act, { state: 'failed', rule: 'job.unreachable' });
      assert.equal((await statuses()).filter((one) => / issued valid/.test(one)).length, 0, lost);
    }
    await begin('renew');
    await typePins(pins.sign, pins.auth);
    await page.waitForURL(/\/counter\/acts\//);
    assert.equal(await counts(), 'valid');
    assert.equal((await statuses()).filter((one) => one.endsWith('delivered valid')).length, 2);
  });

  /** An act that waits for the applicant, and the signed job that its page hands over. */
  async function preparedJob(kind: string): Promise<{ act: string; jws: string; ticket: string }> {
    await page.goto(`${desk.base}/counter?q=${encodeURIComponent('総務 太郎')}`);
    await press('tr:first-child a[href^="/counter/residents/"]');
    await page.locator(`[name=kind][value=${kind}]`).check();
    await page.locator('[name=evidence][value=licence]').check();
    await page.route('**/hand-over*.js', (route) => route.abort());
    await page.locator('button[name=reader][value=agent]').click();
    await page.locator('#open').waitFor();
    await page.unroute('**/hand-over*.js');
    const jws = (await page.locator('[name=request]').getAttribute('value')) ?? '';
    const claims = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
    return { act: page.url().split('/').at(-1) ?? '', jws, ticket: claims.jti };
  }

  async function handOver(port: number, origin: string, jws: string): Promise<string> {
    const form = new FormData();
    form.set('request', jws);
    form.set('lang', 'ja');
    const answer = await fetch(`http://127.0.0.1:${port}/counter`, {
      method: 'POST',
      headers: { origin },
      body: form,
    });
    return `${answer.status} ${await answer.text()}`;
  }

  const cardAct = async (step: string, body: object, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${desk.base}/counter/job/${step}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const said = (await answer.json()) as { rule?: string };
    return answer.ok ? 'good' : (said.rule ?? String(answer.status));
  };
  const stateOf = async (act: string) =>
    (
      await desk.sql<{ state: string; rule: string | null }[]>`
      select state, rule from ca.counter_act where id = ${act}`
    )[0];

  test('a job is for the counter’s own agents and from the counter’s own page: other computers, other origins, changed and late jobs are refused before anything is shown', async () => {
    const { jws } = await preparedJob('pin');
    await look('desk-hand-over');
    const { port } = desk.agent;
    const lone = await desk.stranger();
    assert.match(
      await handOver(lone.port, desk.base, jws),
      /^403 .*窓口の作業をするようには設定されていません/s,
    );
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1'])
      assert.match(await handOver(port, origin, jws), /^403 /, origin);
    const [head, body, mark] = jws.split('.');
    const claims = JSON.parse(Buffer.from(body ?? '', 'base64url').toString());
    const changed = Buffer.from(JSON.stringify({ ...claims, exchange: 'https://evil.example' })).toString(
      'base64url',
    );
    assert.match(await handOver(port, desk.base, [head, changed, mark].join('.')), /^403 /);
    assert.match(await handOver(port, desk.base, jws), /^200 /);
    desk.aheadMs = 16 * 60_000;
    assert.match(await handOver(port, desk.base, jws), /^403 .*期限（15分）が過ぎました/s);
    desk.aheadMs = 0;
  });

  test('the authority: a job is taken once by one agent; a word is for this person’s cards and the passwords of the act; no certificate for a key that the card did not make; nothing is done by halves', async () => {
    const { act, ticket } = await preparedJob('renew');
    const run = 'a'.repeat(43);
    const other = 'b'.repeat(43);
    const cards = [null];
    assert.equal(
      await cardAct('take', { ticket, run, cards }, { origin: desk.base }),
      'job.form',
      'a browser',
    );
    assert.equal(await cardAct('take', { ticket: other, run, cards }), 'job.ticket');
    assert.equal(await cardAct('take', { ticket, run, cards: [] }), 'job.card');
    assert.equal((await stateOf(act))?.state, 'prepared', 'a card that is not there takes nothing');
    assert.equal(await cardAct('take', { ticket, run, cards }), 'good');
    assert.equal(await cardAct('take', { ticket, run, cards }), 'good', 'a lost answer is given again');
    assert.equal(await cardAct('take', { ticket, run: other, cards }), 'job.ticket', 'a replay elsewhere');
    assert.equal((await stateOf(act))?.state, 'working');

    const challenge = Buffer.alloc(16, 1).toString('base64');
    const word = { run, pin: 'signature', challenge, candidate: 0 };
    assert.equal(await cardAct('word', word), 'good');
    assert.equal(await cardAct('word', { ...word, candidate: 99 }), 'job.card');
    assert.equal(await cardAct('word', { ...word, pin: 'numberA' }), 'job.form');
    assert.equal(await cardAct('word', { ...word, challenge: 'AA==' }), 'job.form');
    assert.equal(await cardAct('word', { ...word, run: other }), 'job.ticket');

    const own = await generateKeyPair('rsa2048');
    const signer = softwareSigner(own.pkcs8);
    const request = await buildCertificationRequest({
      publicKey: own.publicKey,
      algorithm: 'rsa-sha256',
      sign: (bytes) => signer.sign(bytes),
    });
    const planted = { run, key: 'signature', request: Buffer.from(request).toString('base64') };
    const proof = Buffer.alloc(32, 7).toString('base64');
    assert.equal(await cardAct('certificate', { ...planted, proof }), 'job.key', 'a key on a disk');
    for (const step of ['confirm', 'changed'])
      for (const cms of ['AAAA', Buffer.from(request).toString('base64')])
        assert.equal(await cardAct(step, { run, cms }), step === 'confirm' ? 'job.form' : 'job.form');
    for (const bad of [{}, { run: 7 }, { run, ok: 'yes', rule: '<script>' }]) {
      const said = await cardAct('word', bad);
      assert.match(said, /^job\./);
    }
    const before = await statuses();
    assert.equal(await cardAct('end', { run, ok: true }), 'job.incomplete');
    assert.deepEqual(await stateOf(act), { state: 'failed', rule: 'job.incomplete' });
    assert.deepEqual(await statuses(), before, 'what the person had is as it was');
    assert.equal(await cardAct('word', word), 'job.over');
    assert.equal(
      await cardAct('take', { ticket, run, cards }),
      'good',
      'the answer of then; nothing follows from it',
    );
    assert.equal((await desk.ca.verifyAudit()).ok, true);
  });
});
