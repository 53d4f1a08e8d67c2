import { createHmac, timingSafeEqual } from 'node:crypto';
import { type DataFile, efs, fileKey, type KeyName, type PinName } from './files.js';
import { pinKinds } from './pin-rules.js';

/** Behaviour on which real cards or their descriptions differ. */
export interface CardSettings {
  /** Answer to VERIFY on a blocked PIN: 6984 as the real card, or 6983 as OpenSC and others expect. */
  readonly blockedStatusWord: 0x6984 | 0x6983;
  /** Ask for a fresh VERIFY before each signature. */
  readonly verifyBeforeEachSignature: boolean;
  /** Offer the forms P1 = 01..05 of COMPUTE DIGITAL SIGNATURE. */
  readonly signatureForms: boolean;
  /** Ask for the authentication PIN before the authentication certificate, as Android's token does. */
  readonly authenticationCertificateNeedsPin: boolean;
}

export const defaultSettings: CardSettings = {
  blockedStatusWord: 0x6984,
  verifyBeforeEachSignature: false,
  signatureForms: false,
  authenticationCertificateNeedsPin: false,
};

/**
 * A PIN as the card keeps it. The digest is no protection against someone who can open the image (4 digits fall
 * at once, and the keys lie beside it): that is the seal's task. It makes the comparison one of equal lengths.
 */
export interface PinRecord {
  readonly salt: Uint8Array;
  readonly digest: Uint8Array;
  readonly tries: number;
}

/** Everything the card remembers without power. Never changed in place: each change is a new value. */
export interface CardContent {
  /** Counts the writes of the image, so that of two images the younger is known. */
  readonly generation: number;
  readonly cardKey: Uint8Array;
  readonly settings: CardSettings;
  readonly municipality: string;
  readonly expiry: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly pins: Readonly<Record<PinName, PinRecord>>;
  /** PKCS#8 DER. */
  readonly keys: Readonly<Partial<Record<KeyName, Uint8Array>>>;
}

function pinDigest(salt: Uint8Array, pin: Uint8Array): Uint8Array {
  return createHmac('sha256', salt).update(pin).digest();
}

/** A PIN with all its tries. `salt`: 16 random bytes. */
export function makePin(name: PinName, pin: Uint8Array, salt: Uint8Array): PinRecord {
  return { salt, digest: pinDigest(salt, pin), tries: pinKinds[name].tries };
}

export function pinMatches(record: PinRecord, pin: Uint8Array): boolean {
  return timingSafeEqual(record.digest, pinDigest(record.salt, pin));
}

export function withTries(content: CardContent, name: PinName, tries: number): CardContent {
  return { ...content, pins: { ...content.pins, [name]: { ...content.pins[name], tries } } };
}

export function withPin(content: CardContent, name: PinName, record: PinRecord): CardContent {
  return { ...content, pins: { ...content.pins, [name]: record } };
}

const filler = 0xff;

/** A file's bytes, filled up to its size with FF; `undefined` when they do not fit. */
export function filled(file: DataFile, bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length > file.size) return undefined;
  const out = new Uint8Array(file.size).fill(filler);
  out.set(bytes);
  return out;
}

export function fileBytes(content: CardContent, file: DataFile): Uint8Array {
  if (file.application === 'jpki' && file.id === efs.jpki.availability.id) return availability(content);
  return content.files[fileKey(file)] ?? new Uint8Array(file.size).fill(filler);
}

export function withFile(content: CardContent, file: DataFile, bytes: Uint8Array): CardContent {
  return { ...content, files: { ...content.files, [fileKey(file)]: bytes } };
}

/** The same content with this file empty again. */
export function withoutFile(content: CardContent, file: DataFile): CardContent {
  const { [fileKey(file)]: _gone, ...files } = content.files;
  return { ...content, files };
}

/** EF 0008 follows from what is there, so it can never disagree with the certificates. */
function availability(content: CardContent): Uint8Array {
  const there = (file: DataFile, key: KeyName) =>
    content.keys[key] !== undefined && content.files[fileKey(file)]?.[0] === 0x30 ? 0x8f : 0x00;
  return Uint8Array.of(
    there(efs.jpki.signatureCertificate, 'signature'),
    there(efs.jpki.authenticationCertificate, 'authentication'),
    0x00,
  );
}
