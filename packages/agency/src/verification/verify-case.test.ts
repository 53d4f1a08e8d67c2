import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { citizenSignaturePolicy, encodeReport, evaluate, readZip, writeZip } from '@madoguchi/pki';
import { readSubmission } from '@madoguchi/procedure';
import { type Database, verifyAudit } from '@madoguchi/store';
import { agencyWorld, taro } from '@madoguchi/testing';
import { findCase } from '../cases/queries.js';
import { readSubmissionOf } from '../cases/submissions.js';
import { temporaryDatabase } from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { type CitizenTrust, putResident, recheck, verificationTasks, verifyCase } from './index.js';
import type { Lights } from './lights.js';
import { latestVerification, readVerifications } from './queries.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
const code = '99201';
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
});
after(() => close());

async function lightsOf(receipt: string): Promise<Lights> {
  const row = await latestVerification(db.sql, code, receipt);
  assert.ok(row);
  return row.lights;
}
const states = (lights: Lights) => [lights.signature.state, lights.identity.state, lights.validity.state];

/** Verifies a container as it is, under the receipt of a genuine case. */
async function verifyContainer(receipt: string, container: Uint8Array, trust: CitizenTrust = room.trust) {
  const row = await findCase(db.sql, code, receipt);
  assert.ok(row);
  return verifyCase({
    ...room.verification,
    receiptNumber: receipt,
    arrivedAt: row.arrivedAt,
    opened: readSubmission(container),
    container,
    trust,
  });
}

async function genuine(): Promise<{ receipt: string; container: Uint8Array }> {
  const receipt = await room.file();
  const stored = await readSubmissionOf(db.sql, code, receipt);
  assert.ok(stored);
  return { receipt, container: stored.container };
}

/** Exchanges one file of the container after the signature was made. */
function exchange(container: Uint8Array, name: string, change: (bytes: Buffer) => Uint8Array): Uint8Array {
  const read = readZip(container);
  assert.ok(read.ok);
  return writeZip(
    read.value.map((entry) => ({
      name: entry.name,
      bytes: entry.name === name ? change(Buffer.from(entry.bytes)) : entry.bytes,
    })),
  );
}

test('a genuine application gets three good lights, and says so in words', async () => {
  const receipt = await room.file();
  const lights = await lightsOf(receipt);
  assert.deepEqual(states(lights), ['good', 'good', 'good'], JSON.stringify(lights, null, 1));
  assert.match(lights.signature.sentence.ja, /カードの鍵で署名され/);
  assert.match(lights.validity.sentence.ja, /812/);
  for (const { label } of [...lights.signature.checks, ...lights.validity.checks]) {
    assert.doesNotMatch(label.ja, /[a-z]\./, 'every check has a label in words');
  }
  assert.match(lights.identity.sentence.ja, /氏名 完全に一致.*住民記録とはつながっていません/);
  assert.equal((await findCase(db.sql, code, receipt))?.state, 'verified');
  assert.ok(lights.signature.checks.length >= 8 && lights.validity.checks.length >= 8);
});

test('the stored evidence gives the same report again, and the list it names is kept', async () => {
  const receipt = await room.file();
  const [row] = await readVerifications(db.sql, code, receipt);
  assert.ok(row);
  const evidence = JSON.parse(row.evidence);
  const policy = { ...citizenSignaturePolicy, demo: true };
  assert.equal(Buffer.from(encodeReport(evaluate(evidence, policy, row.at))).toString(), row.report);
  const kept =
    await db.sql`select sha256 from agency.revocation_data where sha256 = ${evidence.revocation[0].sha256}`;
  assert.equal(kept.length, 1);
  assert.equal(evidence.revocation.length, 1);
});

test('what was exchanged after signing turns 署名 red: application, definition, signature', async () => {
  const { receipt, container } = await genuine();
  const change = (bytes: Buffer) =>
    Buffer.from(bytes.toString('utf8').replace('"copies":"1"', '"copies":"9"'));
  const answer = await verifyContainer(receipt, exchange(container, 'application.json', change));
  assert.equal(answer.signature.state, 'bad');
  assert.match(answer.signature.sentence.ja, /署名のあとで/);
  const flipped = (bytes: Buffer) => {
    const at = bytes.length - 5;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    return bytes;
  };
  const signature = await verifyContainer(receipt, exchange(container, 'META-INF/signature.p7s', flipped));
  assert.equal(signature.signature.state, 'bad');
  const definition = await verifyContainer(receipt, exchange(container, 'definition.json', flipped));
  assert.equal(definition.signature.state, 'bad');
  const nothing = await verifyContainer(receipt, Buffer.from('no zip'));
  for (const changed of [answer, definition, nothing]) {
    assert.deepEqual(states(changed), ['bad', 'check', 'check']);
    assert.match(changed.identity.sentence.ja, /確かめていません/);
    assert.match(changed.validity.sentence.ja, /確かめていません/);
    assert.doesNotMatch(JSON.stringify(changed), /証明書が(入ってい)?(ない|ません)/);
  }
});

test('an application that names somebody else than the certificate turns 照合 red', async () => {
  const lights = await lightsOf(await room.file({ identity: { ...taro, name: '総務　次郎' } }));
  assert.deepEqual(states(lights), ['good', 'bad', 'good']);
  assert.match(lights.identity.sentence.ja, /氏名 一致しない.*証明書と申請書/);
  const moved = await lightsOf(
    await room.file({ identity: { ...taro, address: '見本県見本市中央一丁目２番４号' } }),
  );
  assert.equal(moved.identity.state, 'bad');
});

test('照合 compares with the agency’s record: the same, near, another address, not registered', async () => {
  const resident = {
    id: 'r1',
    name: '総務 太郎',
    address: '見本市中央1-2-3',
    birthDate: '1975-04-01',
    sex: 'male',
  } as const;
  await putResident(db.sql, code, { ...resident, id: 'r0', name: '総務　次郎' });
  await putResident(db.sql, code, resident);
  const same = await lightsOf(await room.file());
  assert.deepEqual(states(same), ['good', 'good', 'good']);
  assert.match(same.identity.sentence.ja, /氏名 表記の違いのみ/);
  await putResident(db.sql, code, { ...resident, address: '見本市中央1-2-3 コーポ見本101' });
  assert.equal((await lightsOf(await room.file())).identity.state, 'check');
  await putResident(db.sql, code, { ...resident, address: '見本市本町9-9-9' });
  const moved = await lightsOf(await room.file());
  assert.equal(moved.identity.state, 'bad');
  assert.match(moved.identity.sentence.ja, /住所 一致しない/);
  await db.sql`delete from agency.residents where resident_id = 'r1'`;
  const unknown = await lightsOf(await room.file());
  assert.equal(unknown.identity.state, 'check');
  assert.match(unknown.identity.sentence.ja, /見つかりません/);
  await db.sql`delete from agency.residents`;
});

test('a revoked certificate turns 有効性 red with proof, and to check without', async () => {
  const serial = room.citizens.citizen.certificate.serial;
  const now = room.time.now.getTime();
  room.list.entries = [{ serial, date: new Date(now - 86_400_000), reason: 'keyCompromise' }];
  const before = await lightsOf(await room.file());
  assert.deepEqual(states(before), ['good', 'good', 'bad']);
  assert.match(before.validity.sentence.ja, /失効/);
  room.list.entries = [];
});

test('expired, not yet valid, an unknown issuer and a demo issuer under a production policy are told apart', async () => {
  const { receipt, container } = await genuine();
  const other = await agencyWorld();
  const stranger = await verifyContainer(receipt, container, { ...room.trust, anchors: [other.root.der] });
  assert.equal(stranger.signature.state, 'good');
  assert.notEqual(stranger.validity.state, 'good');
  assert.match(stranger.validity.sentence.ja, /信頼できる認証局として登録されていません/);
  const production = await verifyContainer(receipt, container, { ...room.trust, demo: false });
  assert.notEqual(production.validity.state, 'good');
  assert.match(production.validity.sentence.ja, /デモ用/);
  const judgeAt = async (at: string) => {
    const arrivedAt = new Date(at);
    await db.sql`update agency.requests set issued_at = ${new Date(arrivedAt.getTime() - 1000)}
      where jti = (select jti from agency.cases where receipt_number = ${receipt})`;
    room.list.thisUpdate = new Date(arrivedAt.getTime() - 1000);
    return verifyCase({
      ...room.verification,
      receiptNumber: receipt,
      arrivedAt,
      opened: readSubmission(container),
      container,
      clock: () => arrivedAt,
    });
  };
  const saved = room.list.thisUpdate;
  const expired = await judgeAt('2032-01-01T00:00:00Z');
  assert.equal(expired.validity.state, 'bad');
  assert.match(expired.validity.sentence.ja, /有効期間が終わったあと/);
  const early = await judgeAt('2025-06-01T00:00:00Z');
  assert.equal(early.validity.state, 'bad');
  assert.match(early.validity.sentence.ja, /始まる前/);
  room.list.thisUpdate = saved;
});

test('without revocation information the case waits, is never refused, and a job looks again', async () => {
  room.list.answers = false;
  const receipt = await room.file();
  assert.deepEqual(states(await lightsOf(receipt)), ['good', 'good', 'pending']);
  assert.equal((await findCase(db.sql, code, receipt))?.state, 'tryLater');
  const started = room.time.now;
  const after = (seconds: number) => new Date(started.getTime() + seconds * 1000);
  const nextLook = async () => {
    const [job] =
      await db.sql`select run_at from graphile_worker.jobs where key = ${`agency.verify:${code}:${receipt}`}`;
    return job?.run_at as Date | undefined;
  };
  // Sooner where a source did not answer: it may have been away for a moment.
  assert.deepEqual(await nextLook(), after(5));
  const task = verificationTasks([room.verification])['agency.verify'];
  for (const [seconds, next] of [
    [5, 10],
    [40, 80],
    [7200, 7500],
  ] as const) {
    room.time.now = after(seconds);
    await task?.({ agency: code, receiptNumber: receipt });
    assert.equal((await findCase(db.sql, code, receipt))?.state, 'tryLater');
    assert.deepEqual(await nextLook(), after(next));
  }
  room.time.now = started;
  room.list.answers = true;
  await task?.({ agency: code, receiptNumber: receipt });
  assert.deepEqual(states(await lightsOf(receipt)), ['good', 'good', 'good']);
  assert.equal((await findCase(db.sql, code, receipt))?.state, 'verified');
  await task?.({ agency: code, receiptNumber: receipt });
  assert.equal((await readVerifications(db.sql, code, receipt)).length, 5, 'a settled case is left alone');
});

test('a look after the decision does not move the case, and a stale list waits', async () => {
  const receipt = await room.file();
  await db.sql`update agency.cases set state = 'accepted' where receipt_number = ${receipt}`;
  const saved = room.list.nextUpdate;
  room.list.nextUpdate = new Date(room.time.now.getTime() - 60_000);
  const lights = await recheck(room.verification, receipt);
  room.list.nextUpdate = saved;
  assert.equal(lights?.validity.state, 'pending');
  assert.equal((await findCase(db.sql, code, receipt))?.state, 'accepted');
  assert.equal(await recheck(room.verification, '2026-9999999'), undefined);
});

test('every look stands in the audit chain, without a name', async () => {
  const verdict = await verifyAudit(db.sql, `agency:${code}`);
  assert.ok(verdict.ok && verdict.entries > 10);
  const rows = await db.sql`select detail, subject, actor from store.audit_entries`;
  assert.equal(JSON.stringify(rows).includes('総務'), false);
});
