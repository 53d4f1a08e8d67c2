import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { caApp } from '../http/app.js';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { type CounterRoom, openCounterRoom } from '../testing/counter-room.js';
import { addClerk, listClerks, removeClerk } from './clerks.js';
import { createCounterLink } from './session.js';

let authority: TestAuthority;
let room: CounterRoom;
before(async () => {
  authority = await startAuthority();
  room = await openCounterRoom(authority);
});
after(() => authority.close());

const minutes = (count: number) => {
  authority.now = new Date(authority.now.getTime() + count * 60_000);
};

test('a clerk is enrolled, registers their own card by a link that does nothing else, and comes in by the card from then on', async () => {
  const ctx = authority.ca.context;
  await addClerk(ctx, { account: 'clerk-7', role: 'clerk', municipality: '99201' });
  const link = await createCounterLink(ctx, { clerk: 'clerk-7', purpose: 'register' });
  const browser = room.browser();
  const entered = await browser.ask(link);
  assert.equal(entered.headers.get('location'), '/counter/card');
  assert.equal((await room.browser().ask(link)).status, 403, 'a link works once');
  const page = await browser.ask('/counter/card');
  assert.match(await page.text(), /自分のカードを登録する.*clerk-7/s);
  assert.match(
    String(page.headers.get('content-security-policy')),
    /form-action 'self' http:\/\/127\.0\.0\.1:24787/,
  );
  // The link's session registers a card, and sees nothing.
  assert.equal((await browser.ask('/counter')).headers.get('location'), '/counter/card');
  const resident = await room.residentId('総務　太郎');
  assert.equal((await browser.ask(`/counter/residents/${resident}`)).status, 403);

  const card = await room.card();
  const claims = await room.begin(browser, '/counter/card');
  assert.equal(claims.purpose.ja, '窓口に入る職員のカードを登録する');
  assert.equal((await room.answer(browser, claims, await room.tokenOf(claims, card))).status, 200);

  const later = room.browser();
  const closed = await later.ask('/counter');
  assert.equal(closed.status, 401);
  assert.match(await closed.text(), /カードでログインする/);
  const done = await room.logIn(later, card);
  assert.equal(done.status, 200);
  assert.match(done.headers.getSetCookie().join('\n'), /mado_counter=[^;]+;.*HttpOnly.*SameSite=Strict/i);
  assert.match(await later.text('/counter?all=yes'), /総務　太郎.*clerk-7（窓口担当）/s);
  assert.deepEqual(await (await later.ask('/counter/login/status')).json(), { state: 'in' });

  assert.equal((await later.post('/counter/leave', {})).status, 200);
  assert.equal((await later.ask('/counter')).status, 401);
});

test('a link that a browser loads ahead is not used up, and behind a proxy that ends TLS the cookie is for https alone', async () => {
  const link = await createCounterLink(authority.ca.context);
  const ahead = await room.browser().ask(link, { headers: { 'sec-purpose': 'prefetch;prerender' } });
  assert.equal(ahead.status, 503);
  const login = { ...room.login, origin: 'https://counter.example' };
  const proxied = caApp(authority.ca, { access: { open: true }, counter: { login } });
  const entered = await proxied.request(`http://counter.example${link}`);
  assert.equal(entered.status, 303);
  assert.equal(entered.headers.get('referrer-policy'), 'no-referrer');
  assert.match(entered.headers.get('strict-transport-security') ?? '', /^max-age=/);
  const [line = ''] = entered.headers.getSetCookie();
  assert.match(line, /; Secure/);
  const leave = (origin: string) =>
    proxied.request('http://counter.example/counter/leave', {
      method: 'POST',
      headers: { origin, cookie: line.split(';')[0] ?? '' },
    });
  assert.equal((await leave('http://counter.example')).status, 403);
  assert.equal((await leave(login.origin)).status, 200);
});

test('a stranger’s card, a card of somebody else, an answer twice, another nonce and another browser’s answer open nothing', async () => {
  const { browser: mine, card } = await room.clerk('clerk-8', 'clerk', '99201');
  assert.equal((await mine.ask('/counter')).status, 200);
  const stranger = room.browser();
  const refused = await room.logIn(stranger, await room.card());
  assert.equal(refused.status, 403);
  assert.match(await refused.text(), /登録されていません/);
  assert.equal((await stranger.ask('/counter')).status, 401);

  const twice = room.browser();
  const claims = await room.begin(twice);
  const token = await room.tokenOf(claims, card);
  assert.equal((await room.answer(room.browser(), claims, token)).status, 403, 'another browser');
  const cookies = new Map(twice.cookies);
  assert.equal((await room.answer(twice, claims, token)).status, 200);
  for (const [name, value] of cookies) twice.cookies.set(name, value);
  assert.equal((await room.answer(twice, claims, token)).status, 403, 'the same again');

  const other = room.browser();
  const asked = await room.begin(other);
  const earlier = await room.tokenOf({ ...asked, nonce: Buffer.alloc(32, 7).toString('base64') }, card);
  assert.equal((await room.answer(other, asked, earlier)).status, 403);
  const late = room.browser();
  const slow = await room.begin(late);
  const slowToken = await room.tokenOf(slow, card);
  minutes(6);
  assert.equal((await room.answer(late, slow, slowToken)).status, 403, 'after five minutes');

  // Another account cannot take the card over, and nobody registers a card without a session.
  const ctx = authority.ca.context;
  await addClerk(ctx, { account: 'clerk-9', role: 'clerk', municipality: '99201' });
  const thief = room.browser();
  await thief.ask(await createCounterLink(ctx, { clerk: 'clerk-9', purpose: 'register' }));
  const taking = await room.begin(thief, '/counter/card');
  const taken = await room.answer(thief, taking, await room.tokenOf(taking, card));
  assert.equal(taken.status, 403);
  assert.match(await taken.text(), /ほかの職員/);
  await assert.rejects(room.begin(room.browser(), '/counter/card'), /403/);
  // A card that was pulled out before it signed sends no token: the browser stays out.
  const pulled = room.browser();
  await room.begin(pulled);
  assert.deepEqual(await (await pulled.ask('/counter/login/status')).json(), { state: 'out' });
});

test('a clerk’s card that is revoked logs in no more, and what it had opened is closed with the next step', async () => {
  const { browser, card } = await room.clerk('clerk-10', 'supervisor', '99201');
  assert.equal((await browser.ask('/counter')).status, 200);
  await authority.ca.revoke({ certificate: { alias: card.alias }, reason: 'certificateHold' });
  assert.equal((await browser.ask('/counter')).status, 401);
  const again = await room.logIn(room.browser(), card);
  assert.equal(again.status, 403);
  assert.match(await again.text(), /失効|使えな/);
});

test('a session ends after a quarter of an hour without a step, after nine hours in any case, and with the account', async () => {
  const { browser, card } = await room.clerk('clerk-11', 'clerk', '99201');
  for (let step = 0; step < 4; step += 1) {
    minutes(14);
    assert.equal((await browser.ask('/counter')).status, 200);
  }
  minutes(16);
  const ended = await browser.ask('/counter');
  assert.equal(ended.status, 401);
  assert.match(await ended.text(), /しばらく使わなかった/);

  const long = room.browser();
  await room.logIn(long, card);
  for (let step = 0; step < 44; step += 1) {
    minutes(12);
    assert.equal((await long.ask('/counter')).status, 200);
  }
  minutes(12);
  assert.equal((await long.ask('/counter')).status, 401);

  const last = room.browser();
  await room.logIn(last, card);
  assert.equal((await last.ask('/counter')).status, 200);
  assert.equal(await removeClerk(authority.ca.context, 'clerk-11'), true);
  assert.equal((await last.ask('/counter')).status, 401);
  assert.equal((await room.logIn(room.browser(), card)).status, 403);
  assert.equal(await removeClerk(authority.ca.context, 'clerk-11'), false);
  // A name in the audit chain means one person for ever.
  await assert.rejects(
    addClerk(authority.ca.context, { account: 'clerk-11', role: 'clerk', municipality: '99201' }),
    { rule: 'clerk.taken' },
  );
  assert.ok((await listClerks(authority.ca.context)).every(({ account }) => account !== 'clerk-11'));
});

test('an account has a role, and where the role is local a municipality of the table', async () => {
  const ctx = authority.ca.context;
  await assert.rejects(addClerk(ctx, { account: 'x-1', role: 'clerk' }), { rule: 'clerk.municipality' });
  await assert.rejects(addClerk(ctx, { account: 'x-1', role: 'auditor', municipality: '00000' }), {
    rule: 'clerk.municipality',
  });
  for (const account of ['', 'A', '総務太郎', 'x'.repeat(33), '-x', 'x y'])
    await assert.rejects(addClerk(ctx, { account, role: 'auditor' }), { rule: 'clerk.account' });
});
