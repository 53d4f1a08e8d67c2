import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setOffice } from '../office/settings.js';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { type CounterRoom, openCounterRoom, type TestCard } from '../testing/counter-room.js';
import { addClerk, removeClerk } from './clerks.js';

let authority: TestAuthority;
let room: CounterRoom;
before(async () => {
  authority = await startAuthority('p384');
  room = await openCounterRoom(authority);
});
after(() => authority.close());

const record = '/counter/record/people';
const minutes = (count: number) => {
  authority.now = new Date(authority.now.getTime() + count * 60_000);
};

test('logins, refusals, the way out, accounts, cards and settings stand on the auditor’s page, by person and day, each tied to the chain', async () => {
  const ctx = authority.ca.context;
  const { browser: auditor } = await room.clerk('auditor-1', 'auditor');
  const { browser: clerk } = await room.clerk('clerk-3', 'clerk', '99201');
  await clerk.post('/counter/leave', {});
  await addClerk(ctx, { account: 'clerk-4', role: 'clerk', municipality: '99201' });
  await removeClerk(ctx, 'clerk-4');
  await setOffice(ctx, 'letterDays', '40', 'operator');
  const stranger = await room.card();
  for (let tries = 0; tries < 4; tries += 1)
    assert.equal((await room.logIn(room.browser(), stranger)).status, 403);
  minutes(2);
  assert.equal((await room.logIn(room.browser(), stranger)).status, 403);
  await room.browser().ask(`/counter/enter/${'x'.repeat(43)}`);

  const page = await auditor.text(record);
  for (const words of [
    /clerk-3[\s\S]*?窓口に入った[\s\S]*?カードで/,
    /clerk-3[\s\S]*?窓口を出た/,
    /職員を登録した[\s\S]*?clerk-4（窓口担当）/,
    /職員の登録を終えた[\s\S]*?clerk-4/,
    /役所の設定を変えた[\s\S]*?letterDays = 40/,
    /入れなかった[\s\S]*?どの職員にも登録されていないカード（その前の1分に、ほかに 3 回）/,
    /使用済みか期限の過ぎたリンク/,
  ])
    assert.match(page, words);
  const rows = (html: string) => (/<tbody>([\s\S]*)<\/tbody>/.exec(html)?.[1] ?? '').split('<tr').length - 1;
  const [{ count = 0 } = {}] = await authority.db.sql<{ count: number }[]>`
    select count(*)::int as count from ca.counter_event where action = 'counter.refused'`;
  assert.equal(count, 3, 'one line a minute for each rule');
  assert.equal(rows(await auditor.text(`${record}?clerk=clerk-4`)), 2);
  assert.equal(rows(await auditor.text(`${record}?kind=counter.left`)), 1);
  assert.equal(rows(await auditor.text(`${record}?until=2020-01-01`)), 0);
  const today = new Date(authority.now.getTime() + 9 * 3600_000).toISOString().slice(0, 10);
  assert.equal(rows(await auditor.text(`${record}?from=${today}`)), rows(page));
  assert.doesNotMatch(page, /番と違います/);

  const { browser: other } = await room.clerk('tehon-3', 'supervisor', '99301');
  assert.doesNotMatch(await other.text(record), /clerk-3|clerk-4/, 'of one place for a supervisor');
  const shown = await auditor.text(`${record}?check=yes`);
  assert.match(shown, /監査の鎖は切れていません（\d+ 件、末尾 [0-9a-f]{16}…）/);
  assert.match(shown, /失効リストに載っている \d+ 番の値とも一致します/);

  await authority.db.sql`alter table ca.counter_event disable trigger all`;
  await authority.db.sql`update ca.counter_event set actor = 'clerk-9' where action = 'counter.left'`;
  assert.match(await auditor.text(record), /番と違います/, 'a row changed afterwards shows');
});

test('the end of the chain cut off with the database’s own head is found by the head in the published list', async () => {
  const { sql } = authority.db;
  const { browser: auditor } = await room.clerk('auditor-2', 'auditor');
  await authority.ca.publishAll();
  const [before] = await sql<{ seq: string; hash: Uint8Array }[]>`
    select seq, hash from store.audit_heads where chain = 'ca'`;
  const cut = Number(before?.seq) - 12;
  const kept = await sql`select * from store.audit_entries where chain = 'ca' and seq > ${cut}`;
  await sql`delete from store.audit_entries where chain = 'ca' and seq > ${cut}`;
  const [last] = await sql<{ hash: Uint8Array }[]>`
    select hash from store.audit_entries where chain = 'ca' and seq = ${cut}`;
  await sql`update store.audit_heads set seq = ${cut}, hash = ${last?.hash ?? Buffer.alloc(0)} where chain = 'ca'`;
  assert.match(await auditor.text('/counter/record?check=yes'), /監査の鎖が \d+ 番で切れています/);
  for (const row of kept) await sql`insert into store.audit_entries ${sql(row)}`;
  await sql`update store.audit_heads set seq = ${before?.seq ?? ''}, hash = ${before?.hash ?? Buffer.alloc(0)} where chain = 'ca'`;
  assert.match(await auditor.text('/counter/record?check=yes'), /監査の鎖は切れていません/);
});

/** Both cards are one resident's by the issue record, as after a renewal. */
async function sameHolder(name: string, ...cards: readonly TestCard[]): Promise<void> {
  const resident = await room.residentId(name);
  for (const { alias } of cards)
    await authority.db.sql`update ca.certificate set resident = ${resident} where alias = ${alias}`;
}

test('a clerk’s renewed card: told to ask, confirmed by somebody responsible in one press, then it opens the counter and the old one no more', async () => {
  const { browser: supervisor } = await room.clerk('boss-1', 'supervisor', '99201');
  const { browser: faraway } = await room.clerk('boss-2', 'supervisor', '99301');
  const { browser: clerk, card: old } = await room.clerk('clerk-5', 'clerk', '99201');
  const fresh = await room.card();
  const someone = await room.card();
  await sameHolder('総務　花子', old, fresh);
  await authority.ca.revoke({ certificate: { alias: old.alias }, reason: 'superseded' });
  assert.equal((await clerk.ask('/counter')).status, 401, 'the session ends with the old certificate');

  assert.match(await supervisor.text('/counter/clerks'), /待っている人はいません/);
  const refused = await room.logIn(room.browser(), fresh);
  assert.equal(refused.status, 403);
  assert.match(await refused.text(), /このカードの証明書は更新されています/);
  assert.match(
    await (await room.logIn(room.browser(), someone)).text(),
    /職員のものとして登録されていません/,
  );

  assert.match(await supervisor.text('/counter/clerks'), /clerk-5 の新しいカードとして結び直す/);
  assert.doesNotMatch(await faraway.text('/counter/clerks'), /clerk-5/);
  const confirm = '/counter/clerks/clerk-5/confirm';
  assert.equal((await faraway.post(confirm, {}, '/counter/loss')).status, 409);
  assert.equal((await supervisor.post(confirm, {})).status, 403, 'without the token of the session');
  const done = await supervisor.post(confirm, {}, '/counter/clerks');
  assert.equal(done.status, 200);
  assert.match(await done.text(), /clerk-5 は、新しいカードで入れます/);
  assert.equal((await room.logIn(room.browser(), fresh)).status, 200);
  assert.equal((await room.logIn(room.browser(), old)).status, 403);
  assert.match(await supervisor.text(record), /更新されたカードを確かめて結び直した[\s\S]*?clerk-5/);
  assert.equal((await supervisor.post(confirm, {}, '/counter/loss')).status, 409, 'it works once');
});

test('nobody confirms their own card, nor one that is revoked by then', async () => {
  const { browser: boss, card: own } = await room.clerk('boss-3', 'supervisor', '99201');
  const renewed = await room.card();
  await sameHolder('総務　太郎', own, renewed);
  await room.logIn(room.browser(), renewed);
  assert.match(await boss.text('/counter/clerks'), /自分のカードは、ほかの責任者か管理者が確かめます/);
  assert.equal((await boss.post('/counter/clerks/boss-3/confirm', {}, '/counter/loss')).status, 409);
  const { browser: second } = await room.clerk('boss-4', 'supervisor', '99201');
  await authority.ca.revoke({ certificate: { alias: renewed.alias }, reason: 'certificateHold' });
  assert.equal((await second.post('/counter/clerks/boss-3/confirm', {}, '/counter/clerks')).status, 409);
  assert.equal((await room.logIn(room.browser(), renewed)).status, 403);
  assert.equal((await authority.ca.verifyAudit()).ok, true);
});
