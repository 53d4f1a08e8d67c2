import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CardSettings } from './card-settings.js';
import {
  type CardKeyName,
  type DataFile,
  efs,
  fileKey,
  type KeyName,
  type PinName,
  type RecordFile,
  type SpareKeyName,
} from './files.js';
import { type Medium, media } from './media.js';
import { pinKinds } from './pin-rules.js';

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
  /** Where the image key lies, as far as its maker knew; it stands readable in the image. */
  readonly keyFolder?: string;
  readonly medium: Medium;
  readonly settings: CardSettings;
  readonly municipality: string;
  readonly expiry: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** What GET DATA answers before an application is selected, by tag in four hexadecimal digits. */
  readonly objects: Readonly<Record<string, Uint8Array>>;
  /** Those of the applications that the medium has. */
  readonly pins: Readonly<Partial<Record<PinName, PinRecord>>>;
  /** PKCS#8 DER. */
  readonly keys: Readonly<Partial<Record<KeyName | SpareKeyName | CardKeyName, Uint8Array>>>;
}

function pinDigest(salt: Uint8Array, pin: Uint8Array): Uint8Array {
  return createHmac('sha256', salt).update(pin).digest();
}

/** Numbers A and B and the birth key: their limit is not known. */
const numberPins: readonly PinName[] = [
  'numberA',
  'numberB',
  'visualBirth',
  'visualNumberA',
  'visualNumberB',
];

/** All the tries of a PIN; `unlimited` where no counter is kept. */
export function allTries(settings: CardSettings, name: PinName): number | 'unlimited' {
  return numberPins.includes(name) ? settings.numberTries : pinKinds[name].tries;
}

/** The counter's full value; without a limit it is never looked at. */
function fullCounter(settings: CardSettings, name: PinName): number {
  const tries = allTries(settings, name);
  return tries === 'unlimited' ? 15 : tries;
}

/** A PIN with all its tries. `salt`: 16 random bytes. */
export function makePin(settings: CardSettings, name: PinName, pin: Uint8Array, salt: Uint8Array): PinRecord {
  return { salt, digest: pinDigest(salt, pin), tries: fullCounter(settings, name) };
}

export function pinMatches(record: PinRecord, pin: Uint8Array): boolean {
  return timingSafeEqual(record.digest, pinDigest(record.salt, pin));
}

/** The PIN that a reference stands for: on the next card two references share one. */
export function pinNamed(content: CardContent, name: PinName): PinName {
  return media[content.medium].samePin[name] ?? name;
}

export function withTries(content: CardContent, name: PinName, tries: number): CardContent {
  const record = content.pins[name];
  return record === undefined
    ? content
    : { ...content, pins: { ...content.pins, [name]: { ...record, tries } } };
}

export function withAllTries(content: CardContent, name: PinName): CardContent {
  return withTries(content, name, fullCounter(content.settings, name));
}

export function withPin(content: CardContent, name: PinName, record: PinRecord): CardContent {
  return { ...content, pins: { ...content.pins, [name]: record } };
}

/** A file's bytes, filled up to its size; `undefined` when they do not fit. */
export function filled(
  file: DataFile,
  bytes: Uint8Array,
  filler: CardSettings['filler'] = 0xff,
): Uint8Array | undefined {
  if (bytes.length > file.size) return undefined;
  const out = new Uint8Array(file.size).fill(filler);
  out.set(bytes);
  return out;
}

export function fileBytes(content: CardContent, file: DataFile): Uint8Array {
  if (file === efs.jpki.availability) return availability(content);
  return content.files[fileKey(file)] ?? new Uint8Array(file.size).fill(content.settings.filler);
}

/** Record 1 of a file of records: no file on the card has more. */
export function recordBytes(content: CardContent, file: RecordFile): Uint8Array | undefined {
  return content.files[fileKey(file)];
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
