import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { generateKeyPair } from '@madoguchi/pki';
import { verifyAudit } from '@madoguchi/store';
import { openCa } from '../ca.js';
import { CaError } from '../error.js';
import type { Resident } from '../identity/resident.js';
import { demoResidents } from '../residents.js';
import { startAuthority, type TestAuthority } from '../testing/authority.js';

let authority: TestAuthority;
before(async () => {
  authority = await startAuthority();
});
after(() => authority.close());

const [resident] = demoResidents as [Resident, ...Resident[]];

test('a key that two processes are asked to certify at the same moment gets one certificate', async () => {
  const { db, keystore } = authority;
  // Beside each other in this process: what two openings of an authority share is the database alone.
  const other = await openCa({ sql: db.sql, keystore, clock: () => authority.now });
  for (let round = 0; round < 8; round++) {
    const { publicKey } = await generateKeyPair('p256');
    const both = await Promise.allSettled(
      [authority.ca, other].map((ca) => ca.issue({ profile: 'signature', publicKey, resident })),
    );
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    const [refused] = both.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    assert.ok(refused instanceof CaError && refused.rule === 'key.used', String(refused));
  }
});

test('of those with the same key in one group only one is issued, and all others are', async () => {
  const doubled = (await generateKeyPair('p256')).publicKey;
  const keys = await Promise.all(Array.from({ length: 40 }, () => generateKeyPair('p256')));
  const asked = keys.flatMap(({ publicKey }, index) =>
    index % 10 === 0 ? [doubled, publicKey] : [publicKey],
  );
  const results = await Promise.allSettled(
    asked.map((publicKey) => authority.ca.issue({ profile: 'signature', publicKey, resident })),
  );
  const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as CaError] : []));
  assert.deepEqual(
    refused.map(({ rule }) => rule),
    ['key.used', 'key.used', 'key.used'],
  );
});

test('a database of an earlier version with one key in two certificates: the start names them and what to do, and goes on once one is revoked', async () => {
  const { db, keystore, ca } = authority;
  const open = () => openCa({ sql: db.sql, keystore, clock: () => authority.now });
  const [key, other, lost] = await Promise.all([1, 2, 3].map(() => generateKeyPair('p256')));
  const issue = (publicKey: Uint8Array | undefined) =>
    ca.issue({ profile: 'signature', publicKey: publicKey ?? new Uint8Array(), resident });
  const [first, second, leaked] = [
    await issue(key?.publicKey),
    await issue(other?.publicKey),
    await issue(lost?.publicKey),
  ];
  // As it was before 0046.
  await db.sql.unsafe(`drop index ca.certificate_key; create index certificate_key on ca.certificate (spki_sha256);
    delete from ca.migrations where name like '0046%';
    update ca.certificate set spki_sha256 = (select spki_sha256 from ca.certificate where serial = '\\x${first.serial}')
    where serial in ('\\x${second.serial}', '\\x${leaked.serial}')`);
  await ca.revoke({ certificate: { serial: leaked.serial }, reason: 'keyCompromise' });
  await assert.rejects(open(), (error: unknown) => {
    assert.ok(error instanceof CaError && error.rule === 'key.shared', String(error));
    assert.equal(error.exitCode, 69);
    for (const words of [error.words.ja, error.words.jaEasy, error.words.en])
      assert.ok(words.includes(`sign-g1 ${first.serial} = sign-g1 ${second.serial}`), words);
    for (const words of [error.words.ja, error.words.en]) assert.match(words, /madoguchi ca revoke --serial/);
    return !error.words.en.includes(leaked.serial);
  });
  const [unchanged] = await db.sql`select count(*)::int as n from ca.migrations where name like '0046%'`;
  assert.equal(unchanged?.n, 0);
  await ca.revoke({ certificate: { serial: second.serial }, reason: 'superseded' });
  const opened = await open();
  for (const [{ serial }, status] of [
    [first, undefined],
    [second, 'superseded'],
    [leaked, 'keyCompromise'],
  ] as const)
    assert.equal((await opened.show({ serial }))?.revocation?.reason, status);
  await assert.rejects(issue(key?.publicKey), { rule: 'key.leaked' });
  assert.ok((await verifyAudit(db.sql, 'ca')).ok);
});
