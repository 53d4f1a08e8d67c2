import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Database } from '@madoguchi/store';
import { loginWorld } from '@madoguchi/testing';
import { everyRole } from '../testing/desk-room.js';
import { openLoginRoom } from '../testing/login-room.js';
import { base, temporaryDatabase } from '../testing/room.js';
import { addOfficer } from './officers.js';
import { createDeskLink } from './session.js';

let db: Database;
let close: () => Promise<void>;
let room: Awaited<ReturnType<typeof openLoginRoom>>;
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openLoginRoom(db);
});
after(() => close());

const desk = `${base}/desk`;
const link = async (officer: string) => {
  const { agency } = room.options;
  await addOfficer(db.sql, agency.code, { officer, roles: everyRole, by: 'operator', now: room.time.now });
  const made = await createDeskLink({
    sql: db.sql,
    agency,
    now: room.time.now,
    officer,
  });
  return new URL(made).pathname + new URL(made).search;
};

test('an officer comes in by a link, registers their card, and comes in by the card from then on', async () => {
  const officer = room.browser();
  const before = await officer.ask(desk);
  assert.equal(before.status, 401);
  const entry = await before.text();
  assert.match(entry, /カードでログインする.*一度だけのリンク/s);
  assert.match(
    String(before.headers.get('content-security-policy')),
    /form-action 'self' http:\/\/127\.0\.0\.1:24787/,
  );

  // Nobody has registered this card yet.
  const early = await officer.start('desk');
  assert.equal(early.purpose.ja, '審査の机に入る（職員）');
  const unknown = await officer.answer(early, await room.tokenFor(early));
  assert.equal(unknown.status, 403);
  assert.match(await unknown.text(), /登録されていません/);

  assert.equal((await officer.ask(await link('officer-7'))).status, 303);
  assert.match(await (await officer.ask(desk)).text(), /カードを登録する/);
  assert.match(await (await officer.ask(`${desk}/card`)).text(), /このカードを登録する/);
  const claims = await officer.start('desk/card');
  const registered = await officer.answer(claims, await room.tokenFor(claims));
  assert.equal(registered.status, 200, await registered.clone().text());

  assert.match(await (await officer.ask(`${desk}/card`)).text(), /あなたのカードは登録されています/);

  const later = room.browser();
  const login = await later.start('desk');
  const done = await later.answer(login, await room.tokenFor(login));
  assert.equal(done.status, 200);
  assert.match(later.lastSet.join('\n'), /mado_desk_99201=[^;]+;.*SameSite=Strict/);
  const open = await later.ask(desk);
  assert.equal(open.status, 200);
  assert.match(await open.text(), /officer-7|受付/);
  const state = (await (await later.ask(`${desk}/login/status`)).json()) as { state: string };
  assert.equal(state.state, 'in');
});

test('a card opens the desk of its officer only: not a stranger’s, not without a session to register it, not twice for two', async () => {
  const stranger = await loginWorld();
  const browser = room.browser();
  const claims = await browser.start('desk');
  assert.equal((await browser.answer(claims, await room.tokenFor(claims, stranger.holder))).status, 403);
  assert.equal((await browser.ask(desk)).status, 401);
  // Registering needs an officer at the desk when it was begun.
  const outside = await browser.start('desk/card');
  const refused = await browser.answer(outside, await room.tokenFor(outside));
  assert.equal(refused.status, 403);
  assert.match(await refused.text(), /机に入っている職員だけ/);
  assert.equal((await browser.ask(`${desk}/card`)).headers.get('location'), desk);
  // Another officer cannot take the card over.
  const other = room.browser();
  await other.ask(await link('officer-8'));
  const second = await other.start('desk/card');
  const taken = await other.answer(second, await room.tokenFor(second));
  assert.equal(taken.status, 403);
  assert.match(await taken.text(), /ほかの職員のカード/);
  // A citizen's login is none at the desk, and a nonce of the one place is none at the other.
  const citizen = room.browser();
  const mine = await citizen.start('my');
  assert.equal((await citizen.answer(mine, await room.tokenFor(mine))).status, 200);
  assert.equal((await citizen.ask(desk)).status, 401);
  const crossed = await citizen.start('my');
  const away = { ...crossed, return: crossed.return.replace('/my/', '/desk/') };
  assert.equal((await citizen.answer(away, await room.tokenFor(crossed))).status, 403);
});
