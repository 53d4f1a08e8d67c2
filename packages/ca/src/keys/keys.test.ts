import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { generateKeyPair, importPublicKey, spkiFromRsa } from '@madoguchi/pki';
import { missing } from '../testing/authority.js';
import { publicKeyOfRequest } from './certification-request.js';
import { keyFault } from './key-quality.js';

const bytesOf = (n: bigint) => Buffer.from(n.toString(16).padStart(512, '0'), 'hex');
const f4 = Uint8Array.of(1, 0, 1);

function modulusOf(spki: Uint8Array): bigint {
  const key = importPublicKey(spki);
  assert.ok(key.ok);
  const jwk = key.key.object.export({ format: 'jwk' });
  return BigInt(`0x${Buffer.from(jwk.n ?? '', 'base64url').toString('hex')}`);
}

test('keys of the allowed kinds are good', async () => {
  for (const kind of ['rsa2048', 'rsa3072', 'p256', 'p384'] as const) {
    assert.equal(keyFault((await generateKeyPair(kind)).publicKey), undefined, kind);
  }
});

test('short keys, other exponents, other curves and rubbish are refused', () => {
  const rsa = (modulusLength: number, publicExponent: number) =>
    generateKeyPairSync('rsa', { modulusLength, publicExponent }).publicKey.export({
      format: 'der',
      type: 'spki',
    });
  assert.notEqual(keyFault(rsa(1024, 65537)), undefined);
  assert.equal(keyFault(rsa(2048, 3)), 'key.exponent');
  const ed = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' });
  assert.notEqual(keyFault(ed), undefined);
  const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' }).publicKey;
  assert.notEqual(keyFault(p521.export({ format: 'der', type: 'spki' })), undefined);
  assert.notEqual(keyFault(new Uint8Array([1, 2, 3])), undefined);
});

test('a modulus with a small factor is refused', async () => {
  const modulus = modulusOf((await generateKeyPair('rsa2048')).publicKey);
  const withFactor = bytesOf((modulus / 1502n) * 1502n + 751n);
  withFactor[255] = (withFactor[255] ?? 0) | 1;
  const found = keyFault(spkiFromRsa(withFactor, f4));
  // 751 divides it whenever the last bit was already set; an even quotient makes that sure.
  assert.equal(found, 'key.smallFactor');
});

test('whichever prime below 1000 divides a modulus of 2048 to 4096 bits, it is found', () => {
  for (let prime = 3n; prime < 1000n; prime += 2n) {
    if (!isProbablePrime(prime)) continue;
    for (const octets of [256, 257, 384, 512]) {
      const number = BigInt(`0xff${randomBytes(octets - 1).toString('hex')}`);
      // The nearest odd multiple below.
      const multiple = number - (number % (2n * prime)) - prime;
      const modulus = Buffer.from(multiple.toString(16), 'hex');
      assert.equal(keyFault(spkiFromRsa(modulus, f4)), 'key.smallFactor', `${prime} of ${octets}`);
    }
  }
});

test('two primes close together are found by Fermat', () => {
  // A prime of 1024 bits and the next one after it.
  const p = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }).p ?? '';
  let q = BigInt(`0x${Buffer.from(p, 'base64url').toString('hex')}`) + 2n;
  const first = q - 2n;
  while (!isProbablePrime(q)) q += 2n;
  assert.equal(keyFault(spkiFromRsa(bytesOf(first * q), f4)), 'key.closePrimes');
});

test('a modulus of the ROCA kind is found', () => {
  // Every remainder of a power of 65537 by the first primes is what the weak generator leaves.
  let primorial = 1n;
  for (let n = 3n; n <= 167n; n += 2n) if (isProbablePrime(n)) primorial *= n;
  let power = 1n;
  for (let i = 0; i < 1234; i++) power = (power * 65537n) % primorial;
  let modulus = power;
  const top = 1n << 2047n;
  modulus += ((top - modulus) / primorial + 1n) * primorial;
  if (modulus % 2n === 0n) modulus += primorial;
  const small = [173n, 179n, 181n, 191n, 193n, 197n, 199n];
  while (keyFault(spkiFromRsa(bytesOf(modulus), f4)) === 'key.smallFactor') modulus += 2n * primorial;
  assert.ok(small.every((prime) => modulus % prime !== 0n));
  assert.equal(keyFault(spkiFromRsa(bytesOf(modulus), f4)), 'key.roca');
});

function isProbablePrime(n: bigint): boolean {
  for (const base of [2n, 3n, 5n, 7n]) {
    if (n === base) return true;
    if (n % base === 0n || power(base, n - 1n, n) !== 1n) return false;
  }
  return true;
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let e = exponent, b = base % modulus; e > 0n; e >>= 1n, b = (b * b) % modulus) {
    if ((e & 1n) === 1n) result = (result * b) % modulus;
  }
  return result;
}

const request = (...options: string[]) =>
  execFileSync(
    'openssl',
    ['req', '-new', '-nodes', '-keyout', '/dev/null', '-outform', 'DER', '-subj', '/CN=x', ...options],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );

test('requests made by openssl give their key', { skip: missing('openssl') }, () => {
  for (const options of [
    ['-newkey', 'rsa:2048'],
    ['-newkey', 'rsa:3072', '-sha512'],
    ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-sha384'],
    ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-addext', 'subjectAltName=DNS:ignored.example'],
  ]) {
    const parsed = publicKeyOfRequest(request(...options));
    assert.ok(parsed.ok, `${options.join(' ')} ${JSON.stringify(parsed)}`);
    assert.equal(keyFault(parsed.value), undefined);
  }
});

test('a request signed with SHA-1 is refused', { skip: missing('openssl') }, () => {
  const parsed = publicKeyOfRequest(request('-newkey', 'rsa:2048', '-sha1'));
  assert.deepEqual(parsed.ok ? 'taken' : parsed.rule, 'csr.algorithm');
});

test('thousands of changed requests are all refused without a throw', { skip: missing('openssl') }, () => {
  const good = request('-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256');
  let seed = 7;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >>> 8) % below;
  };
  for (let i = 0; i < 3000; i++) {
    const changed = Uint8Array.from(good);
    const at = random(changed.length);
    changed[at] = (changed[at] ?? 0) ^ (1 + random(255));
    const input = random(5) === 0 ? changed.slice(0, random(changed.length)) : changed;
    const parsed = publicKeyOfRequest(input);
    assert.ok(!parsed.ok, `octet ${at}`);
  }
  assert.ok(!publicKeyOfRequest(new Uint8Array()).ok);
  assert.ok(
    !publicKeyOfRequest(
      Buffer.from('-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----'),
    ).ok,
  );
  assert.ok(!publicKeyOfRequest(new Uint8Array(100_000).fill(0x30)).ok);
});
