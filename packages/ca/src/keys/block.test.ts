import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { generateKeyPair } from '@madoguchi/pki';
import { CaError } from '../error.js';
import { demoResidents } from '../residents.js';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { blockKeys } from './block.js';

let authority: TestAuthority;
before(async () => {
  authority = await startAuthority();
});
after(() => authority.close());

const digestOf = (spki: Uint8Array) => createHash('sha256').update(spki).digest();

async function issue(publicKey: Uint8Array) {
  const [resident] = demoResidents;
  assert.ok(resident);
  return authority.ca.issue({ profile: 'signature', publicKey, resident });
}

test('a blocked key gets no certificate; one that lives with it is named, and revoked where that is asked', async () => {
  const { context } = authority.ca;
  const fresh = (await generateKeyPair('p256')).publicKey;
  const used = (await generateKeyPair('p256')).publicKey;
  const { alias, serial } = await issue(used);
  const list = [digestOf(fresh), digestOf(used)];

  const first = await blockKeys(context, list, { why: 'published test keys', actor: 'operator' });
  assert.deepEqual(first, { added: 2, known: 0, living: [alias], revoked: 0 });
  await assert.rejects(issue(fresh), (error) => error instanceof CaError && error.rule === 'key.leaked');
  assert.equal((await authority.ca.show({ serial }))?.status, 'valid');

  const again = await blockKeys(context, list, { why: 'again', actor: 'operator', revokeLiving: true });
  assert.deepEqual(again, { added: 0, known: 2, living: [alias], revoked: 1 });
  const record = await authority.ca.show({ serial });
  assert.equal(record?.revocation?.reason, 'keyCompromise');
  assert.ok((await authority.ca.verifyAudit()).ok);
  await assert.rejects(
    blockKeys(context, list, { why: ' ', actor: 'operator' }),
    (error) => error instanceof CaError && error.rule === 'blockedKey.why',
  );
});
