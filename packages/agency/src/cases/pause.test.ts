// 保留: an application waits for something outside, with a reason that its applicant reads; its days do not count; it goes on by a day or by hand. And what was erased says so.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Database } from '@madoguchi/store';
import { eraseCase } from '../archive/retention.js';
import { listOwnCases } from '../my/queries.js';
import { openDesk } from '../testing/desk-room.js';
import { receiptPageOf } from '../testing/receipt-page.js';
import { temporaryDatabase } from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { resumeDue } from './pause.js';
import { findCase } from './queries.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
let officer: Awaited<ReturnType<ReturnType<typeof openDesk>>>;
const code = '99201';
const authenticationKey = 'H'.repeat(43);
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
});
beforeEach(async () => {
  officer = await openDesk(room)('approver-1');
});
after(() => close());

const days = (count: number) => new Date(room.time.now.getTime() + count * 86_400_000);
const pause = (receipt: string, form: Record<string, string>, who = officer) =>
  who.post(`/cases/${receipt}/pause`, { pause: 'yes', ...form }, `/cases/${receipt}`);
const row = (receipt: string) => findCase(db.sql, code, receipt);
const reason = '道路の現地調査の結果を待っています';

test('on hold: told to the applicant with the reason, out of the overdue, found by the filter, not decided; by hand it goes on and its day has moved', async () => {
  const receipt = await room.file({ authenticationKey });
  const due = (await row(receipt))?.dueOn ?? '';
  for (const [form, words] of [
    [{ pauseReason: '' }, /保留の理由を/],
    [{ pauseReason: reason, pauseUntil: '2020-01-01' }, /再開する日は、明日から/],
    [{ pauseReason: reason, pauseUntil: '明日' }, /再開する日は、明日から/],
  ] as const) {
    const refused = await pause(receipt, form);
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), words);
  }
  const auditor = await openDesk(room)('auditor-1', [{ role: 'auditor', scope: '*' }]);
  assert.equal((await pause(receipt, { pauseReason: reason }, auditor)).status, 403);
  assert.equal((await pause(receipt, { pauseReason: reason })).status, 303);
  assert.equal((await pause(receipt, { pauseReason: reason })).status, 422, 'it is on hold already');

  assert.match(await officer.page(`/cases/${receipt}`), /保留をやめて審査を続ける/);
  assert.match(await officer.page('?paused=only'), new RegExp(receipt));
  assert.doesNotMatch(await officer.page('?paused=without'), new RegExp(receipt));
  const html = await receiptPageOf(room, receipt);
  assert.match(html, /審査を保留にしています/);
  assert.match(html, new RegExp(reason));
  assert.match(html, /処理の日数に数えません/);
  assert.match(await receiptPageOf(room, receipt, '?lang=en'), /The examination is on hold/);
  assert.deepEqual(
    (await listOwnCases(db.sql, code, authenticationKey)).map(({ paused }) => paused),
    [true],
  );
  const decided = await officer.decide(receipt, 'accept');
  assert.equal(decided.status, 422);
  assert.match(await decided.text(), /保留をやめてから/);

  const begun = room.time.now;
  room.time.now = days(60);
  const sitting = await openDesk(room)('approver-1');
  assert.doesNotMatch(await sitting.page('?deadline=overdue'), new RegExp(receipt));
  assert.equal((await pause(receipt, { pause: 'no' }, sitting)).status, 303);
  const moved = Date.parse((await row(receipt))?.dueOn ?? '') - Date.parse(due);
  assert.equal(moved, 60 * 86_400_000);
  assert.doesNotMatch(await receiptPageOf(room, receipt), /審査を保留にしています/);
  room.time.now = begun;
});

test('with a day it goes on by itself on that day in Japan, once', async () => {
  const receipt = await room.file();
  const until = days(10).toISOString().slice(0, 10);
  assert.equal((await pause(receipt, { pauseReason: reason, pauseUntil: until })).status, 303);
  assert.equal(await resumeDue(db.sql, code, days(9)), 0);
  assert.equal(await resumeDue(db.sql, code, days(10)), 1);
  assert.equal(await resumeDue(db.sql, code, days(10)), 0);
  assert.equal((await row(receipt))?.pausedAt, null);
  assert.match(await officer.page(`/cases/${receipt}`), /保留をやめた/);
});

test('a case that was erased by rule says so to whoever has its numbers, and what is left', async () => {
  const receipt = await room.file();
  assert.equal((await officer.decide(receipt, 'reject', '対象外')).status, 303);
  await eraseCase(db.sql, code, receipt, { at: days(1), actor: 'retention', why: { rule: 'retention' } });
  const html = await receiptPageOf(room, receipt);
  assert.match(html, /この申請の内容は、消去されました/);
  assert.match(html, /到達番号、日時と結果だけ/);
  assert.match(html, /却下/);
  assert.match(await receiptPageOf(room, receipt, '?lang=jaEasy'), /なかみは/);
});
