import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { CardContent } from './card-content.js';

/*
 * A card image on disk:
 *
 *   offset  length
 *   0       8       "MADOCARD"
 *   8       1       version, 1 or 2
 *   9       12      nonce, random for each write
 *           2 + h   version 2 only: length and UTF-8 of the folder where the image key lies
 *           n       AES-256-GCM ciphertext of the content as JSON (byte strings in base64)
 *           16      tag
 *
 * What stands before the ciphertext is additional authenticated data.
 */
const magic = Buffer.from('MADOCARD', 'latin1');
const nonceLength = 12;
const headerLength = magic.length + 1 + nonceLength;
const tagLength = 16;
/** Far above what a card holds; a larger file is not read. */
export const maximumImageSize = 1 << 20;

type Json = string | number | boolean | { [name: string]: Json };

/** Byte strings become `{"b64": …}`; everything else in a card's content is plain JSON. */
function replacer(_key: string, value: unknown): unknown {
  if (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'Buffer' &&
    'data' in value
  )
    return { b64: Buffer.from(value.data as number[]).toString('base64') };
  return value instanceof Uint8Array ? { b64: Buffer.from(value).toString('base64') } : value;
}
function reviver(_key: string, value: Json): unknown {
  if (typeof value === 'object' && value !== null && typeof value.b64 === 'string')
    return new Uint8Array(Buffer.from(value.b64, 'base64'));
  return value;
}

/** Seals a card's content under the 32-byte image key. */
export function sealImage(content: CardContent, imageKey: Uint8Array): Uint8Array {
  const folder = Buffer.from(content.keyFolder ?? '', 'utf8');
  const nonce = randomBytes(nonceLength);
  const header = Buffer.concat(
    folder.length === 0
      ? [magic, Uint8Array.of(1), nonce]
      : [magic, Uint8Array.of(2), nonce, Uint8Array.of(folder.length >> 8, folder.length & 0xff), folder],
  );
  const cipher = createCipheriv('aes-256-gcm', imageKey, nonce, { authTagLength: tagLength });
  cipher.setAAD(header);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(content, replacer), 'utf8'), cipher.final()]);
  return Buffer.concat([header, sealed, cipher.getAuthTag()]);
}

/** How many octets stand before the ciphertext. */
function headerOf(image: Buffer): number | 'notAnImage' | 'newerVersion' {
  if (image.length < headerLength + tagLength || image.length > maximumImageSize) return 'notAnImage';
  if (!image.subarray(0, magic.length).equals(magic)) return 'notAnImage';
  const version = image[magic.length];
  if (version === 1) return headerLength;
  if (version !== 2) return 'newerVersion';
  const length = headerLength + 2 + image.readUInt16BE(headerLength);
  return image.length < length + tagLength ? 'notAnImage' : length;
}

/** Where the image says that its key lies; undefined when it says nothing. Nobody has vouched for it before the image is opened. */
export function keyFolderIn(bytes: Uint8Array): string | undefined {
  const image = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = headerOf(image);
  if (typeof length !== 'number' || length === headerLength) return undefined;
  return image.subarray(headerLength + 2, length).toString('utf8');
}

export type OpenedImage =
  | { ok: true; content: CardContent }
  | { ok: false; rule: 'notAnImage' | 'newerVersion' | 'wrongKey' };

/**
 * Opens an image. `wrongKey`: the key is another one or the bytes were changed, which the seal cannot tell
 * apart. Nothing of the content is looked at before the tag is checked.
 */
export function openImage(bytes: Uint8Array, imageKey: Uint8Array): OpenedImage {
  const image = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = headerOf(image);
  if (typeof length !== 'number') return { ok: false, rule: length };
  const nonce = image.subarray(magic.length + 1, headerLength);
  const decipher = createDecipheriv('aes-256-gcm', imageKey, nonce, { authTagLength: tagLength });
  decipher.setAAD(image.subarray(0, length));
  decipher.setAuthTag(image.subarray(image.length - tagLength));
  try {
    const plain = Buffer.concat([
      decipher.update(image.subarray(length, image.length - tagLength)),
      decipher.final(),
    ]);
    return { ok: true, content: JSON.parse(plain.toString('utf8'), reviver) as CardContent };
  } catch {
    return { ok: false, rule: 'wrongKey' };
  }
}
