import { createCipheriv, createDecipheriv, hash } from 'node:crypto';
import { explicit, octetString, oid, sequence } from '../der/write.js';
import { envelopeAlgorithms } from './cms-oids.js';

/** AlgorithmIdentifier of AES-256 key wrap (RFC 3565): no parameters. */
export const aes256WrapAlgorithm = sequence(oid(envelopeAlgorithms.aes256Wrap));

const WRAP_IV = Buffer.alloc(8, 0xa6);
const KEY_BITS = 256;

/**
 * The key-encryption key of dhSinglePass-stdDH-sha256kdf with AES-256 key wrap: the X9.63 KDF of SEC 1 3.6.1 with SHA-256 over
 * shared secret ‖ counter 1 ‖ ECC-CMS-SharedInfo (RFC 5753 section 7.2). `wrapAlgorithm` is the AlgorithmIdentifier as it
 * stands in the message; `ukm` the user keying material, if any.
 */
export function deriveKeyEncryptionKey(
  sharedSecret: Uint8Array,
  wrapAlgorithm: Uint8Array,
  ukm?: Uint8Array,
): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(KEY_BITS);
  const sharedInfo = sequence(
    wrapAlgorithm,
    ukm === undefined ? undefined : explicit(0, octetString(ukm)),
    explicit(2, octetString(length)),
  );
  return hash('sha256', Buffer.concat([sharedSecret, Uint8Array.of(0, 0, 0, 1), sharedInfo]), 'buffer');
}

/** AES key wrap (RFC 3394). */
export function wrapKey(keyEncryptionKey: Uint8Array, key: Uint8Array): Buffer {
  const cipher = createCipheriv('id-aes256-wrap', keyEncryptionKey, WRAP_IV);
  return Buffer.concat([cipher.update(key), cipher.final()]);
}

/** The wrapped key, or undefined where its integrity check fails. */
export function unwrapKey(keyEncryptionKey: Uint8Array, wrapped: Uint8Array): Buffer | undefined {
  try {
    const decipher = createDecipheriv('id-aes256-wrap', keyEncryptionKey, WRAP_IV);
    return Buffer.concat([decipher.update(wrapped), decipher.final()]);
  } catch {
    return undefined;
  }
}
