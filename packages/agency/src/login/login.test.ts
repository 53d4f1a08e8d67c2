import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Database } from '@madoguchi/store';
import { loginWorld } from '@madoguchi/testing';
import { open, sendWell } from '../testing/arrivals.js';
import { openLoginRoom } from '../testing/login-room.js';
import { base, envelopeFor, issue, temporaryDatabase } from '../testing/room.js';

let db: Database;
let close: () => Promise<void>;
let room: Awaited<ReturnType<typeof openLoginRoom>>;
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openLoginRoom(db);
});
after(() => close());

const my = `${base}/my`;
const keyOf = (der: { certificate: { spki: Uint8Array } }) =>
  createHash('sha256').update(der.certificate.spki).digest('base64url');

describe('login by card', () => {
  test('leads from the page over the agent to the holder’s own applications, and out again', async () => {
    const issued = await issue(room);
    const mine = keyOf(room.people.holder);
    const envelope = await envelopeFor(room, issued, { authenticationKey: mine });
    const { number } = await sendWell(room, issued, envelope);
    assert.ok(await open(room, number));
    const other = await issue(room);
    const foreign = await sendWell(
      room,
      other,
      await envelopeFor(room, other, { authenticationKey: keyOf(room.world.city) }),
    );
    assert.ok(await open(room, foreign.number));

    const browser = room.browser();
    const first = await browser.ask(my);
    const page = await first.text();
    assert.match(page, /カードでログインする/);
    assert.doesNotMatch(page, new RegExp(number));
    assert.equal(first.headers.get('referrer-policy'), 'origin');
    assert.equal(first.headers.get('cross-origin-opener-policy'), 'unsafe-none');
    assert.match(
      String(first.headers.get('content-security-policy')),
      /form-action 'self' http:\/\/127\.0\.0\.1:24787/,
    );

    const claims = await browser.start();
    assert.equal(claims.purpose.ja, '自分の申請の状況を見る');
    const status = async () => (await (await browser.ask(`${my}/login/status`)).json()) as { state: string };
    assert.deepEqual(await status(), { state: 'out' });
    const answered = await browser.answer(claims, await room.tokenFor(claims));
    assert.equal(answered.status, 200);
    assert.match(await answered.text(), /ログインしました/);
    assert.deepEqual(await status(), { state: 'in' });

    const own = await (await browser.ask(my)).text();
    assert.match(own, new RegExp(number));
    assert.match(own, /住民票の写しの交付申請/);
    assert.doesNotMatch(own, new RegExp(foreign.number));
    assert.doesNotMatch(own, /総務/);
    const opened = await browser.ask(`${my}/applications/${number}`);
    assert.equal(opened.headers.get('location'), `${base}/applications/${number}`);
    assert.equal((await browser.ask(`${base}/applications/${number}`)).status, 200);
    assert.equal((await browser.ask(`${my}/applications/${foreign.number}`)).status, 404);
    assert.equal((await browser.ask(`${base}/applications/${foreign.number}`)).status, 403);

    const left = await browser.ask(`${my}/leave`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    assert.equal(left.status, 303);
    assert.deepEqual(await status(), { state: 'out' });
    assert.equal((await browser.ask(`${my}/applications/${number}`)).headers.get('location'), my);
    const log = JSON.stringify(room.logged);
    assert.match(log, /login\.good/);
    for (const secret of [mine, claims.nonce, '2026010109']) assert.ok(!log.includes(secret));
  });

  test('without a script the request stands in a form that opens the agent in the same window', async () => {
    const browser = room.browser();
    const response = await browser.ask(`${my}/login/start`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    const page = await response.text();
    assert.match(
      page,
      /<form method="post" enctype="multipart\/form-data" action="http:\/\/127\.0\.0\.1:24787\/login"/,
    );
    const request = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const claims = JSON.parse(Buffer.from(request.split('.')[1] ?? '', 'base64url').toString());
    const answered = await browser.answer(claims, await room.tokenFor(claims));
    assert.equal(answered.status, 303);
    assert.equal(answered.headers.get('location'), my);
    assert.match(await (await browser.ask(my)).text(), /カードでログインしています/);
  });

  test('a token counts once, in the browser that asked, within five minutes, and for its own nonce', async () => {
    const fails = async (answer: Promise<Response>, words: RegExp, status = 403) => {
      const response = await answer;
      const page = await response.text();
      assert.equal(response.status, status, page);
      assert.match(page, words);
    };
    const [browser, thief] = [room.browser(), room.browser()];
    const claims = await browser.start();
    const token = await room.tokenFor(claims);
    // Stolen on the way: another browser has another nonce, or none.
    await fails(thief.answer(claims, token), /このブラウザーで始めたログインではない/);
    await thief.start();
    await fails(thief.answer(claims, token), /このサイトとこのログインのものではありません/);
    assert.equal((await browser.answer(claims, token)).status, 200);
    // Replayed where it was good.
    await fails(browser.answer(claims, token), /このブラウザーで始めたログインではない/);
    // A forged answer uses the nonce up too.
    const second = await browser.start();
    await fails(browser.answer(second, '{}'), /こわれているか/);
    await fails(
      browser.answer(second, await room.tokenFor(second)),
      /このブラウザーで始めたログインではない/,
    );
    // Too late.
    const late = await browser.start();
    const { now } = room.time;
    room.time.now = new Date(now.getTime() + 301_000);
    await fails(browser.answer(late, await room.tokenFor(late)), /5分が過ぎた/);
    room.time.now = now;
    // Signed for another site.
    const third = await browser.start();
    const elsewhere = await room.tokenFor({ ...third, origin: 'https://evil.example' });
    await fails(browser.answer(third, elsewhere), /このサイトとこのログインのものではありません/);
  });

  test('a revoked card does not log in, and none does while the authority is silent', async () => {
    const browser = room.browser();
    const asked = room.authority.asked;
    room.authority.status = { revoked: new Date(room.time.now.getTime() - 1000) };
    const claims = await browser.start();
    const revoked = await browser.answer(claims, await room.tokenFor(claims));
    assert.equal(revoked.status, 403);
    assert.match(await revoked.text(), /失効しています/);
    room.authority.status = 'good';
    room.authority.answers = false;
    const next = await browser.start();
    const silent = await browser.answer(next, await room.tokenFor(next));
    assert.equal(silent.status, 503);
    assert.match(await silent.text(), /今も有効かどうかを、確かめられませんでした/);
    room.authority.answers = true;
    assert.equal(room.authority.asked, asked + 2);
    // Nobody without the key makes us ask: a stranger's certificate, a wrong signature.
    const stranger = await loginWorld();
    for (const token of [
      async (c: typeof claims) => room.tokenFor(c, stranger.holder),
      async (c: typeof claims) => room.tokenFor({ ...c, nonce: claims.nonce }),
    ]) {
      const last = await browser.start();
      assert.equal((await browser.answer(last, await token(last))).status, 403);
    }
    assert.equal(room.authority.asked, asked + 2);
  });

  test('a session ends after half an hour without a page', async () => {
    const browser = room.browser();
    const claims = await browser.start();
    await browser.answer(claims, await room.tokenFor(claims));
    const { now } = room.time;
    const isIn = async () => /カードでログインしています/.test(await (await browser.ask(my)).text());
    room.time.now = new Date(now.getTime() + 29 * 60_000);
    assert.ok(await isIn());
    room.time.now = new Date(now.getTime() + 58 * 60_000);
    assert.ok(await isIn());
    room.time.now = new Date(now.getTime() + 89 * 60_000);
    assert.ok(!(await isIn()));
    room.time.now = now;
  });

  test('a start from another site is refused, and cookies fit the way the answer takes', async () => {
    const browser = room.browser();
    const foreign = await browser.ask(`${my}/login/start`, {
      method: 'POST',
      headers: { accept: 'application/json', origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    });
    assert.equal(foreign.status, 403);
    await browser.start();
    assert.match(
      browser.lastSet.join('\n'),
      /mado_login_my_99201=[^;]+;.*Path=\/a\/99201\/my\/login; HttpOnly; SameSite=Lax/,
    );
    // Under TLS the agent's page is another site: only SameSite=None comes along, and only over https.
    const secure = await openLoginRoom(db, 'https://127.0.0.1');
    const visitor = secure.browser();
    const claims = await visitor.start();
    assert.match(visitor.lastSet.join('\n'), /mado_login_my_99201=[^;]+;.*HttpOnly; Secure; SameSite=None/);
    assert.equal((await visitor.answer(claims, await secure.tokenFor(claims))).status, 200);
    assert.match(
      visitor.lastSet.join('\n'),
      /mado_my_99201=[^;]+;.*Path=\/a\/99201\/my; HttpOnly; Secure; SameSite=Lax/,
    );
  });
});
