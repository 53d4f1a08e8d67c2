import { createHash } from 'node:crypto';
import type { PublicKey, SignatureAlgorithm } from '@madoguchi/pki';

/**
 * The `algorithm` values of a token that we read (Web eID token format; RFC 7518, sections 3.3 to 3.5). The format allows ES512 too: it
 * needs a P-521 key, which the trust core does not read. `part`: octets of r and of s, which stand side by side and not in DER.
 */
const table = [
  { name: 'RS256', algorithm: 'rsa-sha256', hash: 'sha256', keys: ['rsa'] },
  { name: 'RS384', algorithm: 'rsa-sha384', hash: 'sha384', keys: ['rsa'] },
  { name: 'RS512', algorithm: 'rsa-sha512', hash: 'sha512', keys: ['rsa'] },
  { name: 'PS256', algorithm: 'pss-sha256', hash: 'sha256', keys: ['rsa'] },
  { name: 'PS384', algorithm: 'pss-sha384', hash: 'sha384', keys: ['rsa'] },
  { name: 'PS512', algorithm: 'pss-sha512', hash: 'sha512', keys: ['rsa'] },
  { name: 'ES256', algorithm: 'ecdsa-sha256', hash: 'sha256', keys: ['p256'], part: 32 },
  { name: 'ES384', algorithm: 'ecdsa-sha384', hash: 'sha384', keys: ['p384'], part: 48 },
] as const satisfies readonly {
  name: string;
  algorithm: SignatureAlgorithm;
  hash: string;
  keys: readonly PublicKey['kind'][];
  part?: number;
}[];

/** One row of the table: what a token's `algorithm` means. */
export interface LoginAlgorithm {
  readonly name: (typeof table)[number]['name'];
  readonly algorithm: SignatureAlgorithm;
  readonly hash: 'sha256' | 'sha384' | 'sha512';
  /** The keys it may be used with: RFC 7518 ties each ES algorithm to one curve. */
  readonly keys: readonly PublicKey['kind'][];
  readonly part?: number;
}

export function loginAlgorithm(name: unknown): LoginAlgorithm | undefined {
  return table.find((entry) => entry.name === name);
}

/** What a card with this key signs by: RS256, and ES256 or ES384 for the curves. */
export function loginAlgorithmFor(kind: PublicKey['kind']): LoginAlgorithm {
  const name = { rsa: 'RS256', p256: 'ES256', p384: 'ES384' }[kind];
  const found = loginAlgorithm(name);
  if (found === undefined) throw new TypeError(`no algorithm for a key of kind ${kind}`);
  return found;
}

/**
 * The octets that are signed: hash(origin) ‖ hash(nonce), both over the UTF-8 text (the nonce as the base64 text it is sent as), by the hash
 * of the signature algorithm, which then hashes them once more (Web eID token format). Hashed apart, so that no text can move
 * from one field into the other.
 */
export function loginTokenInput(algorithm: LoginAlgorithm, origin: string, nonce: string): Uint8Array {
  const hashed = [origin, nonce].map((text) => createHash(algorithm.hash).update(text, 'utf8').digest());
  return Buffer.concat(hashed);
}
