import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { appendAudit, type Database, joinedHead, listAuditChains, verifyAudit } from '@madoguchi/store';
import { temporaryDatabase } from '../testing/room.js';
import { openVerificationRoom } from '../testing/verification-room.js';
import { joinFormerChain } from './audit-chain.js';

let db: Database;
let close: () => Promise<void>;
before(async () => {
  ({ db, close } = await temporaryDatabase());
});
after(() => close());

const at = new Date('2026-11-27T00:00:00Z');
const former = 'agency-99201';

test('an agency writes one chain: reception, verification and desk alike', async () => {
  const room = await openVerificationRoom(db);
  await room.file();
  assert.deepEqual(await listAuditChains(db.sql), ['agency:99201']);
  await joinFormerChain(db.sql, '99201', at);
  const rows = await db.sql`select 1 from store.audit_entries where action = 'audit.joined'`;
  assert.equal(rows.length, 0, 'where there never was a second chain, nothing is joined');
});

test('the end of a former second chain stands in the one chain: cut there, it is found even with its own head put back', async () => {
  for (const subject of ['a', 'b', 'c'])
    await db.sql.begin((tx) =>
      appendAudit(tx, former, { at, actor: 'reception', action: 'case.opened', subject }),
    );
  await Promise.all([joinFormerChain(db.sql, '99201', at), joinFormerChain(db.sql, '99201', at)]);
  const joins = await db.sql<{ detail: string }[]>`
    select detail from store.audit_entries where action = 'audit.joined'`;
  assert.equal(joins.length, 1, 'said once, by however many processes');
  const whole = await verifyAudit(db.sql, former, await joinedHead(db.sql, former));
  assert.ok(whole.ok && whole.entries === 3);

  const [before] = await db.sql<{ hash: Uint8Array }[]>`
    select hash from store.audit_entries where chain = ${former} and seq = 2`;
  await db.sql`delete from store.audit_entries where chain = ${former} and seq = 3`;
  await db.sql`update store.audit_heads set seq = 2, hash = ${before?.hash ?? null} where chain = ${former}`;
  assert.ok((await verifyAudit(db.sql, former)).ok, 'by itself the cut chain looks whole');
  assert.deepEqual(await verifyAudit(db.sql, former, await joinedHead(db.sql, former)), {
    ok: false,
    rule: 'audit.tail',
    seq: 3n,
  });
  assert.ok((await verifyAudit(db.sql, 'agency:99201')).ok);
});
