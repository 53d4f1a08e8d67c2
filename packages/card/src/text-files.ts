import { templateWithOffsets, tlv } from './tlv.js';

/** 1 男, 2 女, 9 適用不能; unknown is any other digit on the card, here 0. */
export type Sex = 'male' | 'female' | 'other' | 'unknown';

export const sexDigits: Readonly<Record<Sex, string>> = { male: '1', female: '2', other: '9', unknown: '0' };

/** What the Text AP holds, as text. `birthDate` is YYYY-MM-DD with 00 for unknown parts. */
export interface TextItems {
  readonly name: string;
  readonly address: string;
  readonly birthDate: string;
  readonly sex: Sex;
}

const text = new TextEncoder();

/** EF 0001: FF10 with the 12 digits, 15 bytes. */
export function encodeMyNumber(number: string): Uint8Array {
  return tlv(0xff10, text.encode(number));
}

function basicItems(items: TextItems): Uint8Array[] {
  return [
    tlv(0xdf22, text.encode(items.name)),
    tlv(0xdf23, text.encode(items.address)),
    tlv(0xdf24, text.encode(items.birthDate.replaceAll('-', ''))),
    tlv(0xdf25, text.encode(sexDigits[items.sex])),
  ];
}

/**
 * EF 0002: FF20 { DF21 four 16-bit offsets from the start of the file, DF22 name, DF23 address,
 * DF24 birth date YYYYMMDD, DF25 sex }.
 */
export function encodeBasicItems(items: TextItems): Uint8Array {
  return templateWithOffsets(0xff20, 0xdf21, basicItems(items));
}

/** What the hash DF32 of EF 0003 is made over: the value of FF20 behind the offset table. */
export function hashedBasicItems(items: TextItems): Uint8Array {
  return Buffer.concat(basicItems(items));
}
