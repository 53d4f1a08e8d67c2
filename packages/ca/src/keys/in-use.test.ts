import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { generateKeyPair } from '@madoguchi/pki';
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
