import assert from 'node:assert/strict';
import { constants, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { before, suite, test } from 'node:test';
import { bitString, nullValue, oid, sequence, unsignedInteger } from '../der/write.js';
import { algorithms } from '../oids.js';
import { mutations } from '../testing/mutate.js';
import { pkitsAbsent } from '../testing/outside.js';
import {
  answerCavsEcdsa,
  answerCavsRsa,
  answerWycheproof,
  wycheproofFiles,
  wycheproofPlace,
} from '../testing/signature-vectors.js';
import { type SignatureAlgorithm, signatureSchemes } from './algorithm.js';
import { keyIdentifier } from './digest.js';
import { importPublicKey, type KeyPolicy, spkiFromRsa } from './import.js';
import { generateKeyPair, softwareDecrypter, softwareSigner } from './software.js';
import { verifySignature } from './verify.js';

const rule = (spki: Uint8Array, policy?: KeyPolicy): string => {
  const result = importPublicKey(spki, policy);
  return result.ok ? result.key.kind : result.rule;
};

suite('keys', () => {
  let rsa: Awaited<ReturnType<typeof generateKeyPair>>;
  let p256: Awaited<ReturnType<typeof generateKeyPair>>;
  let p384: Awaited<ReturnType<typeof generateKeyPair>>;
  let modulus: Uint8Array;
  before(async () => {
    [rsa, p256, p384] = await Promise.all([
      generateKeyPair('rsa2048'),
      generateKeyPair('p256'),
      generateKeyPair('p384'),
    ]);
    modulus = Buffer.from(rsa.publicKey).subarray(33, 33 + 256);
  });

  test('each algorithm signs and verifies, and only with a key of its family', async () => {
    const data = Buffer.from('見本');
    for (const algorithm of Object.keys(signatureSchemes) as SignatureAlgorithm[]) {
      const ec = signatureSchemes[algorithm].family === 'ecdsa';
      const pair = ec ? (algorithm === 'ecdsa-sha256' ? p256 : p384) : rsa;
      const signature = await softwareSigner(pair.pkcs8, algorithm).sign(data);
      const key = importPublicKey(pair.publicKey);
      const wrong = importPublicKey((ec ? rsa : p256).publicKey);
      assert.ok(key.ok && wrong.ok);
      assert.ok(verifySignature(algorithm, key.key, data, signature), algorithm);
      assert.ok(!verifySignature(algorithm, key.key, Buffer.from('見木'), signature), algorithm);
      assert.ok(!verifySignature(algorithm, wrong.key, data, signature), algorithm);
      assert.ok(!verifySignature(algorithm, key.key, data, new Uint8Array()), algorithm);
    }
    assert.equal(softwareSigner(p384.pkcs8).algorithm, 'ecdsa-sha384');
    assert.throws(() => softwareSigner(rsa.pkcs8, 'ecdsa-sha256'), RangeError);
  });

  test('a key is refused for everything node:crypto lets pass', () => {
    assert.equal(rule(rsa.publicKey), 'rsa');
    assert.equal(rule(p256.publicKey), 'p256');
    assert.equal(rule(p384.publicKey), 'p384');
    const e = Uint8Array.of(1, 0, 1);
    assert.deepEqual(Buffer.from(spkiFromRsa(modulus, e)), Buffer.from(rsa.publicKey));
    assert.equal(rule(Buffer.concat([rsa.publicKey, Uint8Array.of(0)])), 'der.trailing');
    assert.equal(rule(spkiFromRsa(modulus, Uint8Array.of(1))), 'key.rsa.exponent');
    assert.equal(rule(spkiFromRsa(modulus, Uint8Array.of(2))), 'key.rsa.exponent');
    assert.equal(rule(spkiFromRsa(modulus, modulus.subarray(0, 255))), 'key.rsa.exponent');
    assert.equal(rule(spkiFromRsa(modulus, Uint8Array.of(3))), 'rsa');
    assert.equal(
      rule(spkiFromRsa(modulus, Uint8Array.of(3)), { exponent65537: true }),
      'key.rsa.exponent.profile',
    );
    const even = Uint8Array.from(modulus);
    even[255] = 0;
    assert.equal(rule(spkiFromRsa(even, e)), 'key.rsa.even');
    const short = Uint8Array.from(modulus.subarray(0, 128), (octet, i) => (i === 127 ? octet | 1 : octet));
    assert.equal(rule(spkiFromRsa(short, e)), 'key.rsa.short');
    assert.equal(rule(spkiFromRsa(short, e), { minimumRsaBits: 1024 }), 'rsa');
    const long = Buffer.alloc(2048, 0xff);
    assert.equal(rule(spkiFromRsa(long, e)), 'key.rsa.long');
    const padded = sequence(Buffer.from('0282010200ff', 'hex'), unsignedInteger(e));
    assert.notEqual(
      rule(sequence(sequence(oid(algorithms.rsaEncryption), nullValue()), bitString(padded))),
      'rsa',
    );
    const pkcs1 = sequence(unsignedInteger(modulus), unsignedInteger(e));
    assert.equal(
      rule(sequence(sequence(oid(algorithms.rsaEncryption)), bitString(pkcs1))),
      'key.rsa.parameters',
    );
    const inner = Buffer.concat([pkcs1, Uint8Array.of(0)]);
    assert.equal(
      rule(sequence(sequence(oid(algorithms.rsaEncryption), nullValue()), bitString(inner))),
      'der.trailing',
    );
  });

  test('a point must be uncompressed, on its curve, and on a curve of ours', () => {
    const off = Uint8Array.from(p256.publicKey);
    off[off.length - 1] = (off.at(-1) ?? 0) ^ 1;
    assert.equal(rule(off), 'key.refused');
    const off384 = Uint8Array.from(p384.publicKey);
    off384[off384.length - 1] = (off384.at(-1) ?? 0) ^ 1;
    assert.equal(rule(off384), 'key.refused');
    const other = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    assert.equal(rule(other.publicKey.export({ format: 'der', type: 'spki' })), 'key.ec.curve.unsupported');
    const compressed = sequence(
      sequence(oid(algorithms.ecPublicKey), oid(algorithms.p256)),
      bitString(Uint8Array.of(2, ...p256.publicKey.subarray(27, 59))),
    );
    assert.equal(rule(compressed), 'key.ec.point');
    const ed = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' });
    assert.equal(rule(ed), 'key.algorithm.unsupported');
  });

  test('the key identifier is twenty octets', () => {
    assert.equal(keyIdentifier(rsa.publicKey).length, 20);
    assert.throws(() => keyIdentifier(Uint8Array.of(1, 2, 3)), RangeError);
  });

  test('a decrypter agrees on a secret and opens OAEP', async () => {
    const other = await generateKeyPair('p256');
    const a = await softwareDecrypter(p256.pkcs8).deriveSharedSecret(other.publicKey);
    const b = await softwareDecrypter(other.pkcs8).deriveSharedSecret(p256.publicKey);
    assert.deepEqual(Buffer.from(a), Buffer.from(b));
    await assert.rejects(softwareDecrypter(p256.pkcs8).deriveSharedSecret(Uint8Array.of(0)));
    const imported = importPublicKey(rsa.publicKey);
    assert.ok(imported.ok);
    const { object } = imported.key;
    const options = { key: object, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
    const opened = await softwareDecrypter(rsa.pkcs8).decryptOaepSha256(
      publicEncrypt(options, Buffer.from('key')),
    );
    assert.equal(Buffer.from(opened).toString(), 'key');
  });

  test('damaged keys get a verdict', () => {
    for (const { publicKey } of [rsa, p256, p384]) {
      for (const damaged of mutations(publicKey, 1500)) importPublicKey(damaged);
    }
  });
});

const absent = wycheproofFiles.filter(([file]) => wycheproofPlace(file) === undefined);
if (absent.length > 0) {
  test(`Wycheproof: ${absent.length} of ${wycheproofFiles.length} files`, {
    skip: 'not here: they are read from the folder that WYCHEPROOF names',
  });
}

for (const [file, algorithm] of wycheproofFiles) {
  const place = wycheproofPlace(file);
  if (place === undefined) continue;
  test(`Wycheproof ${file}: every answer right`, () => {
    const { tests, wrong } = answerWycheproof(place, algorithm);
    assert.deepEqual(wrong, []);
    assert.ok(tests > (algorithm.startsWith('pss') ? 100 : 200));
  });
}

test('NIST CAVS RSA signature verifications: every answer right', { skip: pkitsAbsent }, () => {
  const { tests, wrong } = answerCavsRsa();
  assert.deepEqual(wrong, []);
  assert.ok(tests > 250, `${tests}`);
});

test('NIST CAVS ECDSA signature verifications: every answer right', { skip: pkitsAbsent }, () => {
  const { tests, wrong } = answerCavsEcdsa();
  assert.deepEqual(wrong, []);
  assert.ok(tests >= 90, `${tests}`);
});
