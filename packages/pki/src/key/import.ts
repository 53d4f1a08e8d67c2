import { createPublicKey, type KeyObject } from 'node:crypto';
import { attempt, fail, type Parsed } from '../der/fault.js';
import { asBuffer, bytesOf, contentOf, inside, type Tlv, wholeTlv } from '../der/read.js';
import { tags } from '../der/tags.js';
import { readBitOctets, readInteger, readNull, readOid } from '../der/values.js';
import { bitString, nullValue, oid, sequence, unsignedInteger } from '../der/write.js';
import { algorithms } from '../oids.js';

/** A key that passed our checks. `bits` is the size of the modulus or of the field. */
export interface PublicKey {
  readonly kind: 'rsa' | 'p256' | 'p384';
  readonly bits: number;
  /** SubjectPublicKeyInfo, the exact bytes it came as. */
  readonly spki: Uint8Array;
  readonly object: KeyObject;
}

/** Which keys are taken; see importPublicKey. */
export interface KeyPolicy {
  /** Smallest RSA modulus in bits; default 2048. 1024 is for reading what was issued before 2016. */
  minimumRsaBits?: number;
  /** Largest RSA modulus in bits; default 4096: a larger one is a lever for denial of service. */
  maximumRsaBits?: number;
  /** Demand the exponent 65537, as the JPKI profile has it; otherwise odd and from 3 to 2^32. */
  exponent65537?: boolean;
}

/**
 * The only way a public key comes in. SubjectPublicKeyInfo in DER: RSA (rsaEncryption with NULL) or an uncompressed point on P-256 or
 * P-384 (RFC 3279, 5480). Refuses what node:crypto lets pass: bytes behind the end, exponent 1 or huge, an even or short modulus,
 * integers that are not minimal. RSA is handed to OpenSSL as PKCS#1 because its generic decoder is forty times slower.
 */
export function importPublicKey(
  spki: Uint8Array,
  policy: KeyPolicy = {},
): { ok: true; key: PublicKey } | { ok: false; rule: string; offset: number } {
  const read = attempt(() => {
    const numbers = readNumbers(spki, policy);
    const object = decode(() => keyObject(spki, numbers), numbers.offset);
    return { kind: numbers.kind, bits: numbers.bits, spki, object };
  });
  return read.ok ? { ok: true, key: read.value } : read;
}

/** What a public key says, as views of its bytes. */
export type KeyNumbers = { readonly bits: number /** Where the key begins. */; readonly offset: number } & (
  | {
      readonly kind: 'rsa';
      /** RSAPublicKey, DER. */
      readonly pkcs1: Uint8Array;
      /** Both big-endian, without a sign octet. */
      readonly modulus: Uint8Array;
      readonly exponent: Uint8Array;
    }
  /** The uncompressed point, of which nobody has asked yet whether it is on the curve. */
  | { readonly kind: 'p256' | 'p384'; readonly point: Uint8Array }
);

/**
 * The numbers of a public key under all the rules of `importPublicKey`, without a key of OpenSSL made of them: for whoever judges keys.
 * That the point of an EC key is on its curve only `importPublicKey` finds out.
 */
export function readKeyNumbers(spki: Uint8Array, policy: KeyPolicy = {}): Parsed<KeyNumbers> {
  return attempt(() => readNumbers(spki, policy));
}

function readNumbers(spki: Uint8Array, policy: KeyPolicy): KeyNumbers {
  const outer = inside(wholeTlv(spki));
  const algorithm = outer.sequence('key.algorithm');
  const id = readOid(algorithm.next(tags.oid, 'key.algorithm'));
  if (id === algorithms.rsaEncryption) {
    readNull(algorithm.next(tags.null, 'key.rsa.parameters'));
    algorithm.close('key.rsa.parameters');
    const bits = outer.next(tags.bitString, 'key.bits');
    outer.close();
    return rsaNumbers(readBitOctets(bits), bits.start, policy);
  }
  if (id === algorithms.ecPublicKey) {
    const curve = readOid(algorithm.next(tags.oid, 'key.ec.curve'));
    algorithm.close('key.ec.parameters');
    const bits = outer.next(tags.bitString, 'key.bits');
    outer.close();
    return ecPoint(curve, readBitOctets(bits), bits.start);
  }
  return fail('key.algorithm.unsupported', algorithm.offset);
}

function rsaNumbers(pkcs1: Uint8Array, offset: number, policy: KeyPolicy): KeyNumbers {
  const fields = inside(wholeTlv(pkcs1));
  const modulus = magnitude(fields.next(tags.integer, 'key.rsa.modulus'), 'key.rsa.modulus', offset);
  const exponent = magnitude(fields.next(tags.integer, 'key.rsa.exponent'), 'key.rsa.exponent', offset);
  fields.close();
  const bits = 8 * modulus.length - Math.clz32(modulus[0] ?? 0) + 24;
  if (bits < (policy.minimumRsaBits ?? 2048)) fail('key.rsa.short', offset);
  if (bits > (policy.maximumRsaBits ?? 4096)) fail('key.rsa.long', offset);
  if (((modulus.at(-1) ?? 0) & 1) === 0) fail('key.rsa.even', offset);
  if (exponent.length > 5) fail('key.rsa.exponent', offset);
  const e = exponent.reduce((sum, octet) => sum * 256 + octet, 0);
  if (e < 3 || e % 2 === 0 || e > 2 ** 32) fail('key.rsa.exponent', offset);
  if (policy.exponent65537 === true && e !== 65537) fail('key.rsa.exponent.profile', offset);
  return { kind: 'rsa', bits, offset, pkcs1, modulus, exponent };
}

function keyObject(spki: Uint8Array, numbers: KeyNumbers): KeyObject {
  switch (numbers.kind) {
    case 'rsa':
      return createPublicKey({ key: asBuffer(numbers.pkcs1), format: 'der', type: 'pkcs1' });
    // The JWK route is the faster one for P-256 and the slower one for P-384; both check that the point is on the curve.
    case 'p256':
      return jwkObject(numbers.point);
    case 'p384':
      return createPublicKey({ key: asBuffer(spki), format: 'der', type: 'spki' });
  }
}

/** The octets of a positive INTEGER without its sign octet. */
function magnitude(tlv: Tlv, rule: string, offset: number): Uint8Array {
  const content = readInteger(tlv);
  const first = content[0] ?? 0;
  if (first >= 0x80 || (first === 0 && content.length === 1)) fail(rule, offset);
  return first === 0 ? content.subarray(1) : content;
}

const curves = {
  [algorithms.p256]: { kind: 'p256', bits: 256, size: 32 },
  [algorithms.p384]: { kind: 'p384', bits: 384, size: 48 },
} as const;

function ecPoint(curve: string, point: Uint8Array, offset: number): KeyNumbers {
  const known = Object.entries(curves).find(([id]) => id === curve)?.[1];
  if (known === undefined) return fail('key.ec.curve.unsupported', offset);
  if (point[0] !== 4 || point.length !== 1 + 2 * known.size) fail('key.ec.point', offset);
  return { kind: known.kind, bits: known.bits, offset, point };
}

function jwkObject(point: Uint8Array): KeyObject {
  const at = (from: number, to: number): string =>
    Buffer.from(point.subarray(from, to)).toString('base64url');
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: at(1, 33), y: at(33, 65) }, format: 'jwk' });
}

function decode(make: () => KeyObject, offset: number): KeyObject {
  try {
    return make();
  } catch {
    return fail('key.refused', offset);
  }
}

/** SubjectPublicKeyInfo from an RSA key's numbers (unsigned, big-endian), as a card hands them out. */
export function spkiFromRsa(modulus: Uint8Array, exponent: Uint8Array): Uint8Array {
  const pkcs1 = sequence(unsignedInteger(modulus), unsignedInteger(exponent));
  return sequence(sequence(oid(algorithms.rsaEncryption), nullValue()), bitString(pkcs1));
}

/** The two parts of a SubjectPublicKeyInfo: what the key identifier is hashed over is `key`. */
export function splitSpki(spki: Uint8Array): Parsed<{ algorithm: Uint8Array; key: Uint8Array }> {
  return attempt(() => {
    const outer = inside(wholeTlv(spki));
    const algorithm = outer.next(tags.sequence, 'key.algorithm');
    const bits = outer.next(tags.bitString, 'key.bits');
    outer.close();
    readBitOctets(bits);
    return { algorithm: bytesOf(algorithm), key: contentOf(bits).subarray(1) };
  });
}
