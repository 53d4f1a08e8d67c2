import { constants, createHash, type KeyObject, privateEncrypt, randomBytes, sign } from 'node:crypto';
import { type Answer, refuse } from '../card-context.js';
import { SW } from '../status-words.js';

/** RSA-2048: a 256-byte block less 11 bytes of PKCS#1 v1.5 padding. */
export const maximumRawInput = 245;
const hashLength = 32;
const saltLength = 32;

/** DER DigestInfo of SHA-256 up to the hash (RFC 8017, 9.2 note 1). */
const sha256Prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex');

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function type1(key: KeyObject, bytes: Uint8Array): Uint8Array {
  return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, bytes);
}

/** MGF1 with SHA-256 (RFC 8017, B.2.1). */
function mgf1(seed: Uint8Array, length: number): Buffer {
  const parts: Buffer[] = [];
  for (let counter = 0; parts.length * hashLength < length; counter += 1)
    parts.push(sha256(Buffer.concat([seed, Uint8Array.of(0, 0, 0, counter)])));
  return Buffer.concat(parts).subarray(0, length);
}

/** RSASSA-PSS over a hash made elsewhere (RFC 8017, 9.1.1 from step 4), which node:crypto does not offer. */
function pssOfHash(key: KeyObject, hash: Uint8Array): Uint8Array {
  const salt = randomBytes(saltLength);
  const h = sha256(Buffer.concat([new Uint8Array(8), hash, salt]));
  const db = Buffer.concat([new Uint8Array(256 - saltLength - hashLength - 2), Uint8Array.of(1), salt]);
  const mask = mgf1(h, db.length);
  const masked = db.map((byte, index) => byte ^ (mask[index] ?? 0));
  // The block is one bit shorter than the modulus.
  masked[0] = (masked[0] ?? 0) & 0x7f;
  const block = Buffer.concat([masked, h, Uint8Array.of(0xbc)]);
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block);
}

/** PKCS#1 v1.5 type 1 padding around the given bytes as they are; making a DigestInfo is the client's task. */
export function signRaw(key: KeyObject, data: Uint8Array): Answer {
  return { sw: SW.ok, data: type1(key, data) };
}

/** The forms P1 = 01..05, seen on cards by one source only (myna-card). */
export function signByForm(form: number, key: KeyObject, data: Uint8Array): Answer {
  if ((form === 0x02 || form === 0x04) && data.length !== hashLength) return refuse(SW.conditionsOfUse);
  switch (form) {
    case 0x01:
      return { sw: SW.ok, data: type1(key, sha256(data)) };
    case 0x02:
      return { sw: SW.ok, data: type1(key, Buffer.concat([sha256Prefix, data])) };
    case 0x03:
      return { sw: SW.ok, data: sign('sha256', data, key) };
    case 0x04:
      return { sw: SW.ok, data: pssOfHash(key, data) };
    case 0x05: {
      const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
      return { sw: SW.ok, data: sign('sha256', data, pss) };
    }
    default:
      return refuse(SW.wrongParameters);
  }
}
