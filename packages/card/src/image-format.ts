import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { CardContent } from './card-content.js';

/*
 * A card image on disk:
 *
 *   offset  length
 *   0       8       "MADOCARD"
 *   8       1       version, 1
 *   9       12      nonce, random for each write
 *   21      n       AES-256-GCM ciphertext of the content as JSON (byte strings in base64)
 *   21 + n  16      tag
 *
 * The first 21 bytes are additional authenticated data.
 */
const magic = Buffer.from('MADOCARD', 'latin1');
const version = 1;
const headerLength = magic.length + 1 + 12;
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
  const header = Buffer.concat([magic, Uint8Array.of(version), randomBytes(12)]);
  const cipher = createCipheriv('aes-256-gcm', imageKey, header.subarray(magic.length + 1), {
    authTagLength: tagLength,
  });
  cipher.setAAD(header);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(content, replacer), 'utf8'), cipher.final()]);
  return Buffer.concat([header, sealed, cipher.getAuthTag()]);
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
  if (image.length < headerLength + tagLength || image.length > maximumImageSize)
    return { ok: false, rule: 'notAnImage' };
  if (!image.subarray(0, magic.length).equals(magic)) return { ok: false, rule: 'notAnImage' };
  if (image[magic.length] !== version) return { ok: false, rule: 'newerVersion' };
  const header = image.subarray(0, headerLength);
  const decipher = createDecipheriv('aes-256-gcm', imageKey, header.subarray(magic.length + 1), {
    authTagLength: tagLength,
  });
  decipher.setAAD(header);
  decipher.setAuthTag(image.subarray(image.length - tagLength));
  try {
    const plain = Buffer.concat([
      decipher.update(image.subarray(headerLength, image.length - tagLength)),
      decipher.final(),
    ]);
    return { ok: true, content: JSON.parse(plain.toString('utf8'), reviver) as CardContent };
  } catch {
    return { ok: false, rule: 'wrongKey' };
  }
}
