/** Keys as the card makes and uses them: PKCS#8 DER inside, only public parts come out. */
import { createECDH, createPrivateKey, createPublicKey, generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { CardAlgorithm } from './media.js';

/** A new private key as PKCS#8. RSA-2048 (exponent 65537) takes 100 ms and more, in Node's thread pool. */
export async function generateCardKey(algorithm: CardAlgorithm): Promise<Uint8Array> {
  const publicKeyEncoding = { type: 'spki', format: 'der' } as const;
  const privateKeyEncoding = { type: 'pkcs8', format: 'der' } as const;
  const make = promisify(generateKeyPair);
  const pair =
    algorithm === 'p384'
      ? await make('ec', { namedCurve: 'P-384', publicKeyEncoding, privateKeyEncoding })
      : await make('rsa', {
          modulusLength: 2048,
          publicExponent: 65537,
          publicKeyEncoding,
          privateKeyEncoding,
        });
  return pair.privateKey;
}

/** What GENERATE answers: the modulus (256 bytes) of an RSA key, the uncompressed point (97 bytes) of a P-384 key. */
export function publicPart(pkcs8: Uint8Array): Uint8Array {
  const jwk = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }).export({
    format: 'jwk',
  });
  const part = (name: 'n' | 'x' | 'y') => Buffer.from(jwk[name] ?? '', 'base64url');
  return jwk.kty === 'RSA' ? part('n') : Buffer.concat([Uint8Array.of(4), part('x'), part('y')]);
}

/** SubjectPublicKeyInfo of a key, DER. */
export function spkiOfPkcs8(pkcs8: Uint8Array): Uint8Array {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}

/** SubjectPublicKeyInfo of what GENERATE answered, or `undefined` when it is no such key. */
export function spkiOfPublicPart(
  part: Uint8Array,
): { algorithm: CardAlgorithm; spki: Uint8Array } | undefined {
  const url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
  const point = part.length === 97 && part[0] === 0x04;
  if (!point && (part.length !== 256 || (part[0] ?? 0) < 0x80)) return undefined;
  const key = point
    ? { kty: 'EC', crv: 'P-384', x: url(part.subarray(1, 49)), y: url(part.subarray(49)) }
    : { kty: 'RSA', n: url(part), e: 'AQAB' };
  try {
    const spki = createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'der' });
    return { algorithm: point ? 'p384' : 'rsa2048', spki };
  } catch {
    // A point off the curve.
    return undefined;
  }
}

/** Order of the group of P-384 (FIPS 186-5; SEC 2, 2.5.1). */
const order =
  0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n;
const scalarLength = 48;

const toInteger = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const toBytes = (value: bigint) => Buffer.from(value.toString(16).padStart(scalarLength * 2, '0'), 'hex');

/** base^exponent modulo the order. */
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % order;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % order;
    square = (square * square) % order;
  }
  return result;
}
/** The order is a prime, so by Fermat. */
const inverse = (value: bigint) => power(value, order - 2n);

function randomScalar(): bigint {
  for (;;) {
    const value = toInteger(randomBytes(scalarLength));
    if (value > 0n && value < order) return value;
  }
}

/**
 * ECDSA over a SHA-384 hash made elsewhere (FIPS 186-5, 6.4.1), which node:crypto does not offer: r ‖ s, 48 bytes each. The point comes
 * from OpenSSL; the scalars are blinded, since arithmetic on BigInt takes the time its values give it.
 */
export function ecdsaOfHash(pkcs8: Uint8Array, hash: Uint8Array): Uint8Array {
  const jwk = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }).export({
    format: 'jwk',
  });
  const secret = toInteger(Buffer.from(jwk.d ?? '', 'base64url'));
  for (;;) {
    const nonce = randomScalar();
    const curve = createECDH('secp384r1');
    curve.setPrivateKey(toBytes(nonce));
    const r = toInteger(curve.getPublicKey().subarray(1, 1 + scalarLength)) % order;
    const blind = randomScalar();
    const sum = (blind * toInteger(hash) + ((blind * r) % order) * secret) % order;
    const s = (inverse((blind * nonce) % order) * sum) % order;
    if (r !== 0n && s !== 0n) return Buffer.concat([toBytes(r), toBytes(s)]);
  }
}
