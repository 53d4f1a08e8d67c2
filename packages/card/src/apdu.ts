import { sfiReference } from './command.js';
import type { ElementaryFile } from './files.js';

/** A Le of 256 travels as 00. */
function leByte(le: number): number {
  if (!Number.isInteger(le) || le < 1 || le > 256) throw new RangeError(`Le must be 1 to 256, not ${le}`);
  return le & 0xff;
}
function offsetBytes(offset: number): [number, number] {
  if (!Number.isInteger(offset) || offset < 0 || offset > 0x7fff)
    throw new RangeError(`an offset is 0 to 32767, not ${offset}`);
  return [offset >> 8, offset & 0xff];
}
function withData(cla: number, ins: number, p1: number, p2: number, data: Uint8Array, le?: number) {
  if (data.length < 1 || data.length > 255)
    throw new RangeError(`a short APDU carries 1 to 255 bytes, not ${data.length}`);
  const tail = le === undefined ? [] : [leByte(le)];
  return Uint8Array.of(cla, ins, p1, p2, data.length, ...data, ...tail);
}
function pinBytes(pin: string | Uint8Array): Uint8Array {
  const bytes = typeof pin === 'string' ? new TextEncoder().encode(pin) : pin;
  // The length alone is told: a PIN must not end up in an error message.
  if (bytes.length < 1 || bytes.length > 16)
    throw new RangeError(`a PIN has 1 to 16 bytes, not ${bytes.length}`);
  return bytes;
}
/** P2 of VERIFY and its kin: the current EF, or a file of the current AP by its short identifier. */
function reference(file?: ElementaryFile): number {
  return file === undefined ? 0x80 : sfiReference(file.id);
}

/**
 * One factory a command (ISO/IEC 7816-4 and -8, short APDUs). A broken precondition throws RangeError: it is
 * the caller's mistake, never the card's. PINs are ASCII without padding; pass a Buffer to be able to wipe it,
 * and wipe the APDU too.
 */
export const apdu = {
  /** SELECT an application by AID (5..16 bytes); clears PIN state and current EF. */
  selectApplication(aid: Uint8Array): Uint8Array {
    if (aid.length < 5 || aid.length > 16)
      throw new RangeError(`an AID has 5 to 16 bytes, not ${aid.length}`);
    return withData(0x00, 0xa4, 0x04, 0x0c, aid);
  },
  /** SELECT an elementary file under the current AP by its 16-bit identifier. */
  selectFile(id: number): Uint8Array {
    if (!Number.isInteger(id) || id < 0 || id > 0xffff)
      throw new RangeError(`a file identifier has 16 bits: ${id}`);
    return withData(0x00, 0xa4, 0x02, 0x0c, Uint8Array.of(id >> 8, id & 0xff));
  },
  /** READ BINARY from the current EF: `le` bytes (1..256) from `offset` (0..32767). */
  readBinary(offset: number, le: number): Uint8Array {
    return Uint8Array.of(0x00, 0xb0, ...offsetBytes(offset), leByte(le));
  },
  /** READ BINARY by short identifier (1..30), offset 0..255; the EF becomes current. */
  readBinaryShort(sfi: number, offset: number, le: number): Uint8Array {
    if (!Number.isInteger(offset) || offset < 0 || offset > 0xff)
      throw new RangeError(`with a short identifier an offset is 0 to 255, not ${offset}`);
    return Uint8Array.of(0x00, 0xb0, sfiReference(sfi), offset, leByte(le));
  },
  /** VERIFY against the current PIN EF, or against `file` by its short identifier. Costs a try when wrong. */
  verify(pin: string | Uint8Array, file?: ElementaryFile): Uint8Array {
    return withData(0x00, 0x20, 0x00, reference(file), pinBytes(pin));
  },
  /** VERIFY without data: the card answers 63Cx with the tries left and counts nothing. */
  verifyQuery(file?: ElementaryFile): Uint8Array {
    return Uint8Array.of(0x00, 0x20, 0x00, reference(file));
  },
  /** CHANGE REFERENCE DATA: the new PIN, after VERIFY of the old one on the same EF. */
  changeReferenceData(newPin: string | Uint8Array, file?: ElementaryFile): Uint8Array {
    return withData(0x00, 0x24, 0x01, reference(file), pinBytes(newPin));
  },
  /** COMPUTE DIGITAL SIGNATURE: the card pads these 1..245 bytes as PKCS#1 v1.5 type 1, so send a DigestInfo. */
  computeSignature(digestInfo: Uint8Array, file?: ElementaryFile): Uint8Array {
    if (digestInfo.length > 245)
      throw new RangeError(`at most 245 bytes can be signed, not ${digestInfo.length}`);
    return withData(0x80, 0x2a, 0x00, reference(file), digestInfo, 256);
  },
  /** GET CHALLENGE: `length` random bytes, 1..256. */
  getChallenge(length: number): Uint8Array {
    return Uint8Array.of(0x00, 0x84, 0x00, 0x00, leByte(length));
  },
  /** EXTERNAL AUTHENTICATE (our extension): opens the owner's rights in the current AP, or lets one PIN be set once. */
  externalAuthenticate(mac: Uint8Array, pin?: ElementaryFile): Uint8Array {
    return withData(0x00, 0x82, 0x00, pin === undefined ? 0x00 : reference(pin), mac);
  },
  /** GENERATE ASYMMETRIC KEY PAIR (our extension): answers the 256-byte modulus; the exponent is 65537. */
  generateKeyPair(file: ElementaryFile): Uint8Array {
    return Uint8Array.of(0x00, 0x47, 0x80, reference(file), 0x00);
  },
  /** The card's proof (32 bytes) that the key it holds was made inside (our extension). */
  proveKeyPair(file: ElementaryFile): Uint8Array {
    return Uint8Array.of(0x00, 0x47, 0x81, reference(file), 0x20);
  },
  /** A pair in the spare place of a key (our extension, after its PIN): answers the public part. */
  generateSpare(file: ElementaryFile): Uint8Array {
    return Uint8Array.of(0x00, 0x47, 0x82, reference(file), 0x00);
  },
  /** The card's proof (32 bytes) over a nonce of 32 bytes that the spare key was made inside (our extension). */
  proveSpare(file: ElementaryFile, nonce: Uint8Array): Uint8Array {
    return withData(0x00, 0x47, 0x83, reference(file), nonce, 32);
  },
  /** ACTIVATE (our extension): the issuer's MAC puts the spare key and its certificate into use. */
  activateSpare(file: ElementaryFile, mac: Uint8Array): Uint8Array {
    return withData(0x00, 0x44, 0x00, reference(file), mac);
  },
  /** UPDATE BINARY of the current EF (our extension): 1..255 bytes at `offset`. */
  updateBinary(offset: number, bytes: Uint8Array): Uint8Array {
    return withData(0x00, 0xd6, ...offsetBytes(offset), bytes);
  },
  /** RESET RETRY COUNTER (our extension): with a new PIN, or without one only the counter. */
  resetRetryCounter(file: ElementaryFile, newPin?: string | Uint8Array): Uint8Array {
    if (newPin === undefined) return Uint8Array.of(0x00, 0x2c, 0x03, reference(file));
    return withData(0x00, 0x2c, 0x02, reference(file), pinBytes(newPin));
  },
};
