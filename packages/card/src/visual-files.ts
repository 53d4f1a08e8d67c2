import { createHash } from 'node:crypto';
import { encodePublicKey, signRecord } from './cv-certificate.js';
import { blankPicture } from './face/bitmap.js';
import { drawDigits } from './face/digits.js';
import { faceFont } from './face/face-font.js';
import { encodeJp2 } from './face/jpeg2000/jp2.js';
import { encodePng } from './face/png.js';
import { drawPortrait } from './face/portrait.js';
import { drawText } from './face/text-picture.js';
import { sexDigits, type TextItems } from './text-files.js';
import { templateWithOffsets, tlv } from './tlv.js';

/** What is printed on the card and drawn into its files. */
export interface Face {
  readonly text: TextItems;
  readonly myNumber: string;
  /** YYYY-MM-DD */
  readonly expiry: string;
  readonly securityCode: string;
  /** No typeface is read: the images of name and address are white. For a card that is only compared. */
  readonly blank?: boolean;
}

const ascii = (text: string) => Buffer.from(text, 'latin1');
const day = (date: string) => ascii(date.replaceAll('-', ''));
const sha256 = (...parts: readonly Uint8Array[]) =>
  createHash('sha256').update(Buffer.concat(parts)).digest();

/** EF 0001: FF10 { DF11 birth date, DF12 public key, DF13 signature over the two }. */
export function encodeAgeRecord(face: Face, cardKey: Uint8Array, signerKey: Uint8Array): Uint8Array {
  const signed = Buffer.concat([
    tlv(0xdf11, day(face.text.birthDate)),
    tlv(0xdf12, encodePublicKey(cardKey)),
  ]);
  return tlv(0xff10, signed, tlv(0xdf13, signRecord(signerKey, signed)));
}

/** Pixels of an em, and characters in a line, of the images of name and address. */
const em = 24;
const charactersPerLine = 20;

/**
 * EF 0002: FF20 { DF21 offsets, DF22 birth date, DF23 sex, DF24 public key, DF25 name (PNG), DF26 address (PNG), DF27 photograph
 * (JPEG 2000), DF28 signature over the hashes of DF22–DF24, DF25–DF26 and DF27, DF29 expiry, DF2A security code (PNG) }.
 */
export function encodeFaceRecord(face: Face, cardKey: Uint8Array, signerKey: Uint8Array): Uint8Array {
  const drawn = (text: string) =>
    encodePng(face.blank ? blankPicture(8, 8) : drawText(faceFont(), text, em, charactersPerLine));
  const person = [
    tlv(0xdf22, day(face.text.birthDate)),
    tlv(0xdf23, ascii(sexDigits[face.text.sex])),
    tlv(0xdf24, encodePublicKey(cardKey)),
  ];
  const images = [tlv(0xdf25, drawn(face.text.name)), tlv(0xdf26, drawn(face.text.address))];
  const photograph = tlv(0xdf27, encodeJp2(drawPortrait(face.text.name)));
  const hashes = Buffer.concat([sha256(...person), sha256(...images), sha256(photograph)]);
  return templateWithOffsets(0xff20, 0xdf21, [
    ...person,
    ...images,
    photograph,
    tlv(0xdf28, signRecord(signerKey, hashes)),
    tlv(0xdf29, day(face.expiry)),
    tlv(0xdf2a, encodePng(drawDigits(face.securityCode))),
  ]);
}

/** EF 0005: FF40 { DF41 My Number (PNG 72×12), DF42 public key, DF43 signature over the two }. */
export function encodeMyNumberImage(face: Face, cardKey: Uint8Array, signerKey: Uint8Array): Uint8Array {
  const signed = Buffer.concat([
    tlv(0xdf41, encodePng(drawDigits(face.myNumber))),
    tlv(0xdf42, encodePublicKey(cardKey)),
  ]);
  return tlv(0xff40, signed, tlv(0xdf43, signRecord(signerKey, signed)));
}
