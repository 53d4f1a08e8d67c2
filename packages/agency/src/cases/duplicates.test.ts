// The same application twice: recognised by person, procedure, answers and days; told to its applicant without telling anything of others; closed by an officer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Database } from '@madoguchi/store';
import { taro } from '@madoguchi/testing';
import { openDesk } from '../testing/desk-room.js';
import { receiptPageOf } from '../testing/receipt-page.js';
import { envelopeFor, issue, juminhyo, send, temporaryDatabase } from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { duplicatesOf } from './duplicates.js';
import { findCase } from './queries.js';
import { stateOf } from './state.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
const code = '99201';
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
});
after(() => close());

const found = async (receipt: string, days?: number) =>
  (await duplicatesOf(db.sql, code, receipt, days)).map((one) => `${one.receiptNumber} ${one.isEarlier}`);
const file = (answers: Record<string, string> = juminhyo) => room.file({}, { answers });
const later = (days: number) => {
  room.time.now = new Date(room.time.now.getTime() + days * 86_400_000);
  room.list.thisUpdate = new Date(room.time.now.getTime() - 3600_000);
  room.list.nextUpdate = new Date(room.time.now.getTime() + 23 * 3600_000);
};

test('twice the same is told on the receipt and to the officer, both ways; other answers, other people and other times are not', async () => {
  const begun = room.time.now;
  const first = await file();
  const second = await file();
  const other = await file({ ...juminhyo, copies: '3' });
  assert.deepEqual(await found(second), [`${first} true`]);
  assert.deepEqual(await found(first), [`${second} false`]);
  assert.deepEqual(await found(other), []);
  const html = await receiptPageOf(room, second);
  assert.match(html, /同じ内容の申請を、前にも出しています/);
  assert.match(html, new RegExp(`到達番号 ${first} で届いています`));
  assert.match(await receiptPageOf(room, second, '?lang=en'), /You have already filed this/);
  assert.doesNotMatch(await receiptPageOf(room, first), /前にも出しています/);
  later(31);
  const late = await file();
  assert.deepEqual(await found(late), []);
  assert.deepEqual(await found(late, 40), [`${first} true`, `${second} true`]);
  assert.deepEqual(await found(late, 0), []);
  room.time.now = begun;
});

test('whoever writes another’s name into an application learns nothing of that person’s; the officer sees that it is not certain', async () => {
  later(100);
  const genuine = await file();
  // The certificate says another name than the application.
  const forged = await room.file({ by: await room.citizens.another({ ...taro, name: '架空　花子' }) });
  assert.deepEqual(await found(forged), [`${genuine} true`]);
  const html = await receiptPageOf(room, forged);
  assert.doesNotMatch(html, new RegExp(genuine));
  assert.doesNotMatch(html, /前にも出しています/);
  assert.doesNotMatch(await receiptPageOf(room, genuine), new RegExp(forged));
  const officer = await openDesk(room)('examiner-1');
  assert.match(await officer.page(`/cases/${forged}`), /本人によるものかは、まだ確かでありません/);
});

test('the same bytes again are the same receipt, no duplicate', async () => {
  later(100);
  const issued = await issue(room);
  const envelope = await envelopeFor(room, issued);
  const once = await (await send(room, issued.claims.ticket, envelope)).text();
  assert.equal(await (await send(room, issued.claims.ticket, envelope)).text(), once);
  const [, payload = ''] = once.split('.');
  const { receiptNumber } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    receiptNumber: string;
  };
  assert.deepEqual(await found(receiptNumber), []);
});

test('an officer ends one in favour of the other, the applicant hears it, and it can be taken back; not two in favour of each other', async () => {
  later(100);
  const first = await file();
  const second = await file();
  const sitDown = openDesk(room);
  const officer = await sitDown('approver-1');
  const end = (receipt: string, of: string, who = officer) =>
    who.post(`/cases/${receipt}/duplicate`, { of }, `/cases/${receipt}`);
  assert.match(
    await officer.page(`/cases/${second}`),
    new RegExp(`この申請を、${first}との重複として終わりにする`),
  );
  const reader = await sitDown('reader-1', [{ role: 'reception', scope: '*' }]);
  assert.equal((await end(second, first, reader)).status, 403);
  assert.equal((await end(second, '2026-9999999')).status, 422);
  assert.equal((await end(second, first)).status, 303);
  assert.equal((await findCase(db.sql, code, second))?.state, 'duplicate');
  const crossed = await end(first, second);
  assert.equal(crossed.status, 422);
  assert.match(await crossed.text(), /いまは重複の相手にできません/);
  const html = await receiptPageOf(room, second);
  assert.match(html, /役所が終わりにしました/);
  assert.match(html, new RegExp(`続ける申請の到達番号は ${first}`));
  assert.doesNotMatch(html, /取り下げる/);
  assert.match(await officer.page('?pile=done'), new RegExp(second));
  assert.equal((await officer.decide(second, 'accept')).status, 422);
  assert.equal((await end(second, '')).status, 303);
  assert.equal((await findCase(db.sql, code, second))?.state, 'verified');
  assert.equal(stateOf([{ kind: 'opened' }, { kind: 'verified' }, { kind: 'duplicate' }]), 'duplicate');
  assert.equal((await officer.decide(second, 'accept')).status, 303);
  assert.equal((await end(second, first)).status, 422);
});
