import assert from 'node:assert/strict';
import { constants, verify, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { type KeyKind, type SignatureAlgorithm, softwareSigner } from '@madoguchi/pki';
import { agencyWorld } from '@madoguchi/testing';
import { openJws, signJws } from './jws.js';
import { derFromRaw, rawFromDer } from './jws-algorithms.js';

const kinds: { alg: string; kind: KeyKind; algorithm: SignatureAlgorithm; digest: string }[] = [
  { alg: 'RS256', kind: 'rsa2048', algorithm: 'rsa-sha256', digest: 'sha256' },
  { alg: 'PS256', kind: 'rsa2048', algorithm: 'pss-sha256', digest: 'sha256' },
  { alg: 'ES256', kind: 'p256', algorithm: 'ecdsa-sha256', digest: 'sha256' },
  { alg: 'ES384', kind: 'p384', algorithm: 'ecdsa-sha384', digest: 'sha384' },
];

for (const { alg, kind, algorithm, digest } of kinds)
  test(`${alg} is what RFC 7518 says: OpenSSL verifies it from the JWS alone`, async () => {
    const { city } = await agencyWorld({ kind });
    const signer = softwareSigner(city.pkcs8, algorithm);
    const jws = await signJws('madoguchi-receipt+jwt', { a: '見本' }, { signer, chain: [city.der] });
    const [head = '', body = '', signature = ''] = jws.split('.');
    const header = JSON.parse(Buffer.from(head, 'base64url').toString());
    assert.equal(header.alg, alg);
    const key = new X509Certificate(Buffer.from(header.x5c[0], 'base64')).publicKey;
    const good = verify(
      digest,
      Buffer.from(`${head}.${body}`),
      {
        key,
        dsaEncoding: 'ieee-p1363',
        ...(alg === 'PS256' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : {}),
      },
      Buffer.from(signature, 'base64url'),
    );
    assert.ok(good);
    const opened = openJws(jws, 'madoguchi-receipt+jwt');
    assert.ok(opened.ok, opened.ok ? '' : opened.rule);
    assert.deepEqual(opened.claims, { a: '見本' });
  });

test('a signature of another algorithm than the header names is refused', async () => {
  const { city } = await agencyWorld({ kind: 'rsa2048' });
  const signer = softwareSigner(city.pkcs8, 'pss-sha256');
  const jws = await signJws('madoguchi-receipt+jwt', {}, { signer, chain: [city.der] });
  const [head = '', ...rest] = jws.split('.');
  const header = { ...JSON.parse(Buffer.from(head, 'base64url').toString()), alg: 'RS256' };
  const lie = [Buffer.from(JSON.stringify(header)).toString('base64url'), ...rest].join('.');
  assert.deepEqual(openJws(lie, 'madoguchi-receipt+jwt'), { ok: false, rule: 'jws.signature' });
});

test('r and s keep their leading zeros both ways', () => {
  const raw = Buffer.alloc(64);
  raw[31] = 1;
  raw[32] = 0xff;
  const der = derFromRaw(raw, 32);
  assert.ok(der);
  assert.equal(Buffer.compare(rawFromDer(der, 32), raw), 0);
  assert.equal(derFromRaw(raw.subarray(1), 32), undefined);
  assert.throws(() => rawFromDer(Buffer.of(1, 2, 3), 32), TypeError);
});
