import { createHash, hash } from 'node:crypto';
import type { DigestAlgorithm } from './algorithm.js';
import { splitSpki } from './import.js';

/** The digest of these bytes: 20, 32, 48 or 64 octets. */
export function digest(algorithm: DigestAlgorithm, bytes: Uint8Array): Uint8Array {
  return hash(algorithm, bytes, 'buffer');
}

/** The digest of what the pieces are together. */
export function digestPieces(algorithm: DigestAlgorithm, pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return digest(algorithm, only);
  const running = createHash(algorithm);
  for (const piece of pieces) running.update(piece);
  return running.digest();
}

/** SHA-256 of these bytes, 32 octets. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return digest('sha256', bytes);
}

/** SHA-256 as 64 small hexadecimal digits: how evidence and reports name bytes. */
export function sha256Hex(bytes: Uint8Array): string {
  return hash('sha256', bytes);
}

/**
 * The key identifier of a SubjectPublicKeyInfo: SHA-1 over the key's octets, 20 bytes (RFC 5280 4.2.1.2 method 1). It names a key and
 * proves nothing. Throws RangeError on what is no SubjectPublicKeyInfo.
 */
export function keyIdentifier(spki: Uint8Array): Uint8Array {
  const split = splitSpki(spki);
  if (!split.ok) throw new RangeError(`not a SubjectPublicKeyInfo: ${split.rule}`);
  return digest('sha1', split.value.key);
}
