// Whoever signs along is told by e-mail that their signature is awaited.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sha256Hex } from '@madoguchi/procedure';
import { makeReply } from '../replies/reply.js';
import { codeFor, cosign, follow } from '../testing/cosigning.js';
import { openMailBox } from '../testing/mail-box.js';
import { lookUp, relatedRequest, sendRelated } from '../testing/related.js';
import { base, origin } from '../testing/room.js';
import { openSharedCar } from '../testing/shared-car.js';

const car = await openSharedCar();
const { db, room, hanako, jiro, bytes, files, typed, file, plain, officer, answersWith } = car;
const { box, app, waiting, sendAll, post, linkIn, confirm } = openMailBox(db, room);
after(() => car.close());

const address = 'hanako@example.jp';
const enter = async (receipt: string, signer = 'coOwner.0') =>
  (await follow(room, receipt, await codeFor(room, receipt, signer))) ?? '';
const pageOf = async (receipt: string, cookie: string) => {
  const answer = await app.request(`${origin}${base}/applications/${receipt}/cosign`, {
    headers: { cookie },
  });
  return plain(await answer.text());
};
const give = (receipt: string, cookie: string, mail = address) =>
  post(`/applications/${receipt}/cosign/mail`, { mail }, cookie);
async function subscribe(receipt: string): Promise<string> {
  box.letters = [];
  const cookie = await enter(receipt);
  assert.equal((await give(receipt, cookie)).status, 303);
  await sendAll(receipt);
  assert.equal((await confirm()).status, 200);
  return cookie;
}
const kindsWaiting = async (receipt: string) => (await waiting(receipt)).map(({ kind }) => kind).sort();
const subjects = () => box.letters.map(({ subject }) => subject.replace(/（.*|【.*?】/g, ''));
async function correct(receipt: string, owner = hanako): Promise<void> {
  await officer(receipt, 'correct', '確かめて', ['chassis']);
  const answers = { ...answersWith(typed(owner)), chassis: 'NEW-0004' };
  const attachments = files.map(({ name, rule }) => ({
    ...{ name, rule, size: bytes.length },
    sha256: sha256Hex(bytes),
  }));
  const cookie = await lookUp(room, receipt);
  const place = 'correction' as const;
  await sendRelated(
    room,
    await relatedRequest(room, { receipt, cookie, place, answers, attachments }),
    {},
    files,
  );
}

test('who signs along gives an address on their page; they are told that their signature is awaited, of the last days, of a correction that needs it anew, and of the end', async () => {
  const receipt = await file(hanako);
  const cookie = await subscribe(receipt);
  assert.match(await pageOf(receipt, cookie), /メールでお知らせします/);
  assert.deepEqual(await kindsWaiting(receipt), ['sign', 'signSoon']);
  const [job] = await db.sql<
    { at: string }[]
  >`select to_char(run_at at time zone 'Asia/Tokyo', 'MM-DD HH24:MI') as at
    from graphile_worker._private_jobs where payload->>'id' =
      (select id from agency.mail_outbox where receipt_number = ${receipt} and kind = 'signSoon')`;
  assert.equal(job?.at, '12-03 09:00', 'three days before 2026-12-06');
  await sendAll(receipt);
  assert.equal(subjects().at(-1), '署名の期限が近づいています');
  await correct(receipt);
  assert.deepEqual(await kindsWaiting(receipt), ['sign', 'signSoon']);
  await sendAll(receipt);
  assert.equal(await officer(receipt, 'reject', '期限までに署名がありません'), undefined);
  await makeReply(room.options, receipt);
  await sendAll(receipt);
  assert.deepEqual(subjects(), [
    'お知らせメールの確認',
    'あなたの署名を待っている申請があります',
    '署名の期限が近づいています',
    'あなたの署名を待っている申請があります',
    '署名の期限が近づいています',
    '申請の審査が終わりました',
  ]);
  for (const { to, subject, text } of box.letters) {
    assert.equal(to, address);
    assert.doesNotMatch(subject + text, /総務|花子|自動車|jidosha|車台|却下|期限までに/);
    if (!subject.includes('確認')) assert.match(text, /署名コード.*\n\S+\/a\/99201\/cosign\n/);
  }
  const left = await db.sql`select 1 from agency.mail_addresses where receipt_number = ${receipt}`;
  assert.equal(left.length, 0, 'who was told of the end is forgotten');
});

test('who has signed is reminded of nothing; another correction takes an earlier reminder back', async () => {
  const receipt = await file(hanako, jiro);
  await subscribe(receipt);
  await cosign(room, receipt, 'coOwner.0', hanako);
  await sendAll(receipt);
  assert.deepEqual(subjects(), ['お知らせメールの確認']);
  const outcomes = await db.sql`select outcome from agency.mail_outbox
    where receipt_number = ${receipt} and kind <> 'confirm'`;
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome),
    ['mail.moot', 'mail.moot'],
  );
  const second = await file(hanako);
  await subscribe(second);
  await correct(second);
  assert.deepEqual(await kindsWaiting(second), ['sign', 'sign', 'signSoon']);
});

test('whom a correction replaces gets one last letter and is forgotten; who stands in their place starts anew', async () => {
  const { now } = room.time;
  const receipt = await file(hanako);
  await subscribe(receipt);
  await correct(receipt, jiro);
  assert.deepEqual(await kindsWaiting(receipt), ['released']);
  room.time.now = new Date(now.getTime() + 60_000);
  const his = await enter(receipt);
  assert.match(await pageOf(receipt, his), /確認のメールを送る/, 'nobody takes her address for his');
  await sendAll(receipt);
  const last = box.letters.at(-1);
  assert.equal(subjects().at(-1), 'あなたの署名は必要なくなりました');
  assert.doesNotMatch(last?.text ?? '', /署名コードを書|総務|渡邉/);
  assert.equal(
    (await db.sql`select 1 from agency.mail_addresses where receipt_number = ${receipt}`).length,
    0,
  );
  await give(receipt, his, 'jiro@example.jp');
  await sendAll(receipt);
  await confirm();
  assert.equal(await officer(receipt, 'reject', '期限までに署名がありません'), undefined);
  await makeReply(room.options, receipt);
  await sendAll(receipt);
  assert.equal(box.letters.at(-1)?.to, 'jiro@example.jp');
  assert.equal(
    box.letters.filter(({ to }) => to === address).length,
    2,
    'her confirmation and the last letter',
  );
  room.time.now = now;
});

test('who gave an address in a replaced signer’s place before the last letter went out is not taken leave of', async () => {
  const { now } = room.time;
  const receipt = await file(hanako);
  await subscribe(receipt);
  await correct(receipt, jiro);
  room.time.now = new Date(now.getTime() + 60_000);
  await give(receipt, await enter(receipt), 'jiro@example.jp');
  const [released, confirmation] = await waiting(receipt);
  assert.deepEqual([released?.kind, confirmation?.kind], ['released', 'confirm']);
  await sendAll(receipt);
  assert.equal(box.letters.at(-1)?.to, 'jiro@example.jp');
  assert.equal(subjects().at(-1), 'お知らせメールの確認');
  assert.equal((await confirm()).status, 200);
  assert.ok((await kindsWaiting(receipt)).includes('sign'));
  room.time.now = now;
});

test('each signer has an address of their own: a link of one stops nobody else’s notices, and no code gives none', async () => {
  const receipt = await file(hanako, jiro);
  await subscribe(receipt);
  const stop = linkIn(box.letters.at(-1)?.text ?? '', 'stop');
  const forms = (signer: string) => ({ ...Object.fromEntries(stop.searchParams), signer });
  for (const other of ['', 'coOwner.1', "' or 1=1", 'x'.repeat(3000)])
    assert.equal((await post('/mail/stop', forms(other))).status, 403);
  const his = await enter(receipt, 'coOwner.1');
  assert.match(await pageOf(receipt, his), /確認のメールを送る/);
  const wrong = await give(receipt, his, 'jiro＠');
  assert.equal(wrong.status, 422);
  assert.match(await wrong.text(), /jiro＠/);
  assert.equal((await give(receipt, '')).status, 303, 'without the code it only leads to the way in');
  assert.equal((await post('/mail/stop', forms('coOwner.0'))).status, 200);
  const left = await db.sql`select signer from agency.mail_addresses where receipt_number = ${receipt}`;
  assert.equal(left.length, 0);
});
