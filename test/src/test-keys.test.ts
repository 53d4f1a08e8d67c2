// What scripts/test-keys.mjs hands out to the processes of a test file: keys as Node makes them, and none of them twice.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createPublicKey, generateKeyPair, generateKeyPairSync, sign, verify } from 'node:crypto';
import { test } from 'node:test';
import { promisify } from 'node:util';

const publicKeyEncoding = { type: 'spki', format: 'der' } as const;
const privateKeyEncoding = { type: 'pkcs8', format: 'der' } as const;
const make = promisify(generateKeyPair);
const encodedPair = () =>
  make('rsa', { modulusLength: 2048, publicExponent: 65537, publicKeyEncoding, privateKeyEncoding });

const program = `
  const { generateKeyPairSync } = await import('node:crypto');
  for (let count = 0; count < 3; count += 1)
    console.log(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'der' }).toString('hex'));
`;

test('no RSA key comes twice within a test file, whether its own process or one that it started asks, side by side or later', async () => {
  const child = async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
    return stdout.trim().split('\n');
  };
  const own = async () => [(await encodedPair()).publicKey.toString('hex')];
  const sideBySide = await Promise.all([child(), child(), own(), own(), own()]);
  const all = [
    ...sideBySide.flat(),
    generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding,
      privateKeyEncoding,
    }).publicKey.toString('hex'),
  ];
  assert.equal(all.length, 10);
  assert.equal(new Set(all).size, 10);
});

test('what is handed out is a key as Node makes it: in the encoding that was asked for, or as objects; the halves fit', async () => {
  const encoded = await encodedPair();
  assert.ok(Buffer.isBuffer(encoded.publicKey) && Buffer.isBuffer(encoded.privateKey));
  const objects = await make('rsa', { modulusLength: 3072 });
  for (const [publicKey, modulusLength] of [
    [createPublicKey({ key: encoded.publicKey, type: 'spki', format: 'der' }), 2048],
    [objects.publicKey, 3072],
  ] as const)
    assert.deepEqual(publicKey.asymmetricKeyDetails, { modulusLength, publicExponent: 65537n });
  const signature = sign('sha256', Buffer.from('窓口'), objects.privateKey);
  assert.ok(verify('sha256', Buffer.from('窓口'), objects.publicKey, signature));
});

test('another exponent, another length or another family is made anew', () => {
  const details = (length: number, publicExponent?: number) =>
    generateKeyPairSync('rsa', {
      modulusLength: length,
      ...(publicExponent === undefined ? {} : { publicExponent }),
    }).publicKey.asymmetricKeyDetails;
  assert.deepEqual(details(1024), { modulusLength: 1024, publicExponent: 65537n });
  assert.deepEqual(details(2048, 3), { modulusLength: 2048, publicExponent: 3n });
  assert.equal(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.asymmetricKeyType, 'ec');
});
