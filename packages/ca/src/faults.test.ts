import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  buildOcspRequest,
  buildTimeStampRequest,
  generateKeyPair,
  loadCrl,
  parseCertificate,
} from '@madoguchi/pki';
import { openDatabase, readRun } from '@madoguchi/store';
import { openCa } from './ca.js';
import { CaError } from './error.js';
import { createOcspResponder } from './ocsp/responder.js';
import { demoResidents } from './residents.js';
import { startAuthority, type TestAuthority } from './testing/authority.js';
import { runVictim } from './testing/run-victim.js';
import { createTimeStampAuthority } from './tsa/authority.js';

let authority: TestAuthority;
before(async () => {
  authority = await startAuthority();
});
after(() => authority.close());

async function issue() {
  const [resident] = demoResidents;
  assert.ok(resident);
  const { publicKey } = await generateKeyPair('p256');
  return authority.ca.issue({ profile: 'signature', publicKey, resident });
}

/** What must hold whatever happened: numbers once, every certificate in the record, lists whole and never behind what they said. */
async function isWhole(): Promise<void> {
  authority.now = new Date();
  await authority.ca.recover(-1000);
  await authority.ca.publishDue();
  const records = await authority.ca.list({ limit: 100_000 });
  assert.equal(new Set(records.map((record) => record.serial)).size, records.length);
  for (const record of records) {
    const shown = await authority.ca.show({ serial: record.serial });
    if (record.status === 'valid') {
      assert.ok(shown?.certificate && parseCertificate(shown.certificate).ok);
      assert.equal(record.state, 'delivered');
    }
    if (record.status !== 'revoked' || record.municipality === '') continue;
    const crl = await authority.ca.crl(record.authority, record.municipality);
    const loaded = crl && loadCrl(crl.der);
    assert.ok(loaded?.ok);
    assert.ok(
      loaded.crl.lookup(Buffer.from(record.serial.padStart(8, '0'), 'hex')),
      'a revocation is in the list',
    );
  }
  assert.ok((await authority.ca.verifyAudit()).ok);
  assert.deepEqual(await authority.ca.recheck(), []);
}

/** The last number that was taken, by whomever. */
async function lastNumber(): Promise<number> {
  const [row] = await authority.db.sql<{ last: string }[]>`select last_value as last from ca.serial`;
  return Number(row?.last);
}

for (const dieAt of ['reserved', 'linted', 'intended', 'signed', 'delivered'] as const) {
  test(`killed in an issuance at "${dieAt}": the record is whole, nothing is valid that was not handed over`, async () => {
    const before = await authority.ca.list({ limit: 100_000 });
    const numberBefore = await lastNumber();
    assert.equal(await runVictim(authority, { work: 'issue', dieAt }), 'SIGKILL');
    const burnt = await lastNumber();
    assert.ok(burnt > numberBefore, 'the number is gone whatever became of it');
    await isWhole();
    const known = new Set(before.map((record) => record.serial));
    const left = (await authority.ca.list({ limit: 100_000 })).filter((record) => !known.has(record.serial));
    // Before its bytes are stored there is nothing that anybody could sign: the number alone is burnt.
    const expected = {
      reserved: [],
      linted: [],
      intended: ['revoked'],
      signed: ['revoked'],
      delivered: ['valid'],
    };
    assert.deepEqual(
      left.map((record) => record.status),
      expected[dieAt],
    );
    assert.ok(Number.parseInt((await issue()).serial, 16) > burnt);
  });
}

for (const dieAt of ['crl.locked', 'crl.signed', 'crl.checked', 'crl.swapped'] as const) {
  test(`killed in a publication at "${dieAt}": the list before it stands, and the next run goes on`, async () => {
    const before = await authority.ca.crls();
    assert.equal(await runVictim(authority, { work: 'publish', dieAt }), 'SIGKILL');
    const after = await authority.ca.crls();
    assert.deepEqual(
      after.map((crl) => crl.number),
      before.map((crl) => crl.number),
    );
    authority.now = new Date();
    const published = await authority.ca.publishAll();
    const numberOf = (list: typeof before, of: (typeof before)[0]) =>
      list.find((crl) => crl.authority === of.authority && crl.code === of.code)?.number ?? 0n;
    for (const crl of before) assert.ok(numberOf(published, crl) > crl.number);
    await isWhole();
  });
}

test('killed right after a revocation was recorded: it is not lost, and the list catches up', async () => {
  const { serial } = await issue();
  assert.equal(await runVictim(authority, { work: 'revoke', serial, dieAt: 'revoked' }), 'SIGKILL');
  assert.equal((await authority.ca.show({ serial }))?.status, 'revoked');
  await isWhole();
});

test('the database is killed under many issuances: what was answered is there, the rest is revoked or burnt', async () => {
  const run = await readRun(authority.dir);
  assert.ok(run);
  const answered: string[] = [];
  const work = Array.from({ length: 40 }, async (_, index) => {
    await new Promise((resolve) => setTimeout(resolve, 15 * index));
    try {
      answered.push((await issue()).serial);
    } catch {
      // A counter whose database is away is told so, and tries again later.
    }
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  process.kill(run.server, 'SIGKILL');
  await Promise.all(work);
  for (let tries = 0; ; tries++) {
    try {
      await authority.db.sql`select 1`;
      break;
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  await isWhole();
  for (const serial of answered) assert.equal((await authority.ca.show({ serial }))?.status, 'valid');
  await issue();
});

test('a clock that was set back issues, revokes, publishes, answers and stamps nothing, and says so', async () => {
  const { serial, certificate, chain } = await issue();
  const [issuer] = chain;
  assert.ok(issuer);
  const stampRequest = buildTimeStampRequest({
    imprint: { algorithm: 'sha256', digest: createHash('sha256').update('x').digest() },
  });
  const before = createTimeStampAuthority(authority.ca.context);
  assert.equal((await before.answer(stampRequest)).outcome, 'granted');
  const good = authority.now;
  authority.now = new Date(good.getTime() - 3600_000);
  const isBack = (error: unknown) =>
    error instanceof CaError && error.rule === 'clock.back' && error.exitCode === 69;
  await assert.rejects(issue(), isBack);
  await assert.rejects(
    authority.ca.revoke({ certificate: { serial }, reason: 'superseded', at: authority.now }),
    (error) => isBack(error) || (error instanceof CaError && error.rule === 'revocation.time'),
  );
  await assert.rejects(authority.ca.publishAll(), isBack);
  // Dated before the revocation, an answer would deny it: first and kept answers alike are held back.
  const question = buildOcspRequest({ certificate, issuer });
  const ocsp = createOcspResponder(authority.ca.context);
  await assert.rejects(ocsp.answer(question), isBack);
  const stamps = createTimeStampAuthority(authority.ca.context);
  assert.equal((await stamps.answer(stampRequest)).outcome, 'timeNotAvailable');
  // Another process, started after the clock was changed, knows it too.
  const other = await openDatabase({ databaseUrl: authority.db.url, connections: 2 });
  try {
    const ca = await openCa({ sql: other.sql, keystore: authority.keystore, clock: () => authority.now });
    await assert.rejects(ca.publishAll(), isBack);
  } finally {
    await other.close();
  }
  authority.now = good;
  await isWhole();
});
