// What is kept ends by rule: erased whole, with a tombstone and an entry that proves it; a hold and whatever is undecided stays.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sha256Hex } from '@madoguchi/procedure';
import { type Database, verifyAudit } from '@madoguchi/store';
import { auditChain } from '../cases/audit-chain.js';
import { appendAction } from '../cases/queries.js';
import { temporaryDatabase } from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { careTasks } from './care.js';
import { manifestOf, piecesOf } from './pieces.js';
import { casesToErase, eraseCase, holdCase } from './retention.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
const code = '99201';
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
});
after(() => close());

const retention = { default: 5, 'douro-senyo': 10 };
const inYears = (years: number) => {
  const at = new Date(room.time.now);
  at.setUTCFullYear(at.getUTCFullYear() + years);
  return at;
};

async function decided(kind: 'accepted' | 'rejected' = 'accepted'): Promise<string> {
  const receipt = await room.file();
  await db.sql.begin((tx) =>
    appendAction(tx, code, receipt, {
      at: room.time.now,
      actor: 'officer:1',
      kind,
      detail: { reason: '総務 太郎さんの書類を見た' },
    }),
  );
  return receipt;
}

/** Every row of every table of the agency, as text. */
async function everything(): Promise<string> {
  const tables = await db.sql<{ name: string }[]>`select table_name as name from information_schema.tables
    where table_schema = 'agency' and table_type = 'BASE TABLE' and table_name <> 'residents'`;
  const rows = await Promise.all(
    tables.map(({ name }) =>
      db.sql.unsafe(`select convert_from(convert_to(t::text, 'UTF8'), 'UTF8') as row from agency.${name} t`),
    ),
  );
  return rows.flatMap((list) => list.map((row) => String(row.row))).join('\n');
}

test('nothing is erased a day too early, and each procedure has its own years', async () => {
  const receipt = await decided();
  const at = (now: Date) =>
    casesToErase(db.sql, code, retention, now).then((list) => list.map((one) => one.receiptNumber));
  assert.deepEqual(await at(new Date(inYears(5).getTime() - 86_400_000)), []);
  assert.deepEqual(await at(inYears(5)), [receipt]);
  await db.sql`update agency.cases set procedure_id = 'douro-senyo' where receipt_number = ${receipt}`;
  assert.deepEqual(await at(inYears(9)), []);
  assert.deepEqual(await at(inYears(10)), [receipt]);
  const [told] = await casesToErase(db.sql, code, retention, inYears(30));
  assert.equal(told?.endsAt.getTime(), inYears(10).getTime(), 'looking ahead tells the day on which it ends');
  assert.deepEqual(await casesToErase(db.sql, code, {}, inYears(100)), [], 'without a rule nothing ends');
  await eraseCase(db.sql, code, receipt, { at: inYears(10), actor: 'test', why: {} });
});

test('an undecided case and a held one stay; a hold stands in the history and ends when it is let go', async () => {
  const open = await room.file();
  const held = await decided();
  const by = { at: room.time.now, actor: 'operator', reason: '訴訟 令和8年（ワ）第1号' };
  assert.equal(await holdCase(db.sql, code, held, { ...by, hold: true }), true);
  assert.equal(await holdCase(db.sql, code, held, { ...by, hold: true }), false, 'once');
  assert.deepEqual(await casesToErase(db.sql, code, retention, inYears(50)), []);
  const input = { at: inYears(50), actor: 'test', why: {} };
  assert.deepEqual(await eraseCase(db.sql, code, held, input), { ok: false, rule: 'erase.held' });
  assert.deepEqual(await eraseCase(db.sql, code, open, input), { ok: false, rule: 'erase.undecided' });
  assert.equal(await holdCase(db.sql, code, held, { ...by, hold: false }), true);
  assert.deepEqual(await eraseCase(db.sql, code, held, input), { ok: true });
  assert.deepEqual(await eraseCase(db.sql, code, held, input), { ok: false, rule: 'erase.done' });
});

test('the scheduled look erases what is over: no name, no text, no file is left, and the chain proves what was there', async () => {
  const receipt = await decided('rejected');
  const digest = sha256Hex(Buffer.from(manifestOf(await piecesOf(db.sql, code, receipt))));
  assert.ok((await everything()).includes('書類を見た'));
  const task = careTasks([{ sql: db.sql, agency: { code }, clock: () => inYears(6), retention }])[
    'agency.archive'
  ];
  await task?.({ agency: code });
  const left = await everything();
  assert.ok(!left.includes('書類を見た'));
  const [row] =
    await db.sql`select applicant_name, authentication_key, state, receipt_jws, erased_at is not null as erased
    from agency.cases where receipt_number = ${receipt}`;
  assert.deepEqual(
    [row?.applicant_name, row?.authentication_key, row?.state, row?.erased],
    [null, null, 'rejected', true],
  );
  assert.ok(String(row?.receipt_jws).split('.').length === 3, 'the signed receipt stays');
  assert.deepEqual(await piecesOf(db.sql, code, receipt).then((pieces) => pieces.map(({ name }) => name)), [
    `arrived/${receipt}.receipt.jws`,
  ]);
  const [entry] = await db.sql<{ detail: string }[]>`select detail from store.audit_entries
    where chain = ${auditChain(code)} and subject = ${receipt} and action = 'case.erased'`;
  const detail = JSON.parse(entry?.detail ?? '{}') as { manifest: string; years: number };
  assert.equal(detail.manifest, digest);
  assert.equal(detail.years, 5);
  assert.ok((await verifyAudit(db.sql, auditChain(code))).ok);
  const [next] =
    await db.sql`select 1 from graphile_worker._private_jobs where key = ${`agency.archive:${code}`}`;
  assert.ok(next, 'the next look is asked for');
});
