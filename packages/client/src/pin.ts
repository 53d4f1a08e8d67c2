import { ClientError, type PinKind } from './client-error.js';

/** A PIN on its way to the card: text from a prompt, or bytes that the owner zeroes afterwards. */
export type Pin = string | Uint8Array;

/** Stands for a PIN that the holder types on the reader's own keys: it never reaches this computer. */
export const onPinPad: unique symbol = Symbol('typed on the reader');
export type PinSource = Pin | typeof onPinPad;

const lengths: Record<PinKind, { min: number; max: number }> = {
  sign: { min: 6, max: 16 },
  auth: { min: 4, max: 4 },
  text: { min: 4, max: 4 },
};

/**
 * The bytes the card compares, in a buffer of their own which the caller zeroes. The signature password is made
 * upper case (a lower-case letter would burn a try), letters typed full width become plain ones. Length and
 * alphabet are checked here, before a try is spent.
 *
 * @throws ClientError `pin-format`
 */
export function pinBytes(kind: PinKind, pin: Pin): Buffer {
  const typed = Buffer.from(pin as Uint8Array);
  const { min, max } = lengths[kind];
  const out = Buffer.alloc(max);
  let length = 0;
  let good = typed.length <= max * 3;
  for (let at = 0; good && at < typed.length; at += 1) {
    let byte = typed[at] ?? 0;
    // U+FF01–FF5E, UTF-8 EF BC 81 – EF BD 9E: the full-width forms an input method leaves behind.
    if (byte === 0xef && at + 2 < typed.length) {
      const point = 0xf000 | (((typed[at + 1] ?? 0) & 0x3f) << 6) | ((typed[at + 2] ?? 0) & 0x3f);
      byte = point >= 0xff01 && point <= 0xff5e ? point - 0xfee0 : 0;
      at += 2;
    }
    if (kind === 'sign' && byte >= 0x61 && byte <= 0x7a) byte -= 0x20;
    const digit = byte >= 0x30 && byte <= 0x39;
    const letter = kind === 'sign' && byte >= 0x41 && byte <= 0x5a;
    good = (digit || letter) && length < max;
    if (good) {
      out[length] = byte;
      length += 1;
    }
  }
  typed.fill(0);
  if (!good || length < min) {
    out.fill(0);
    throw new ClientError('pin-format', { pin: kind });
  }
  return out.subarray(0, length);
}

/** Has what was typed the form of this PIN? Nothing is sent anywhere. */
export function hasPinForm(kind: PinKind, pin: Pin): boolean {
  try {
    pinBytes(kind, pin).fill(0);
    return true;
  } catch (error) {
    if (error instanceof ClientError) return false;
    throw error;
  }
}
