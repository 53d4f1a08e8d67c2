/** 1 男, 2 女, 9 適用不能; unknown is any other digit on the card, here 0. */
export type Sex = 'male' | 'female' | 'other' | 'unknown';

const sexDigits: Readonly<Record<Sex, string>> = { male: '1', female: '2', other: '9', unknown: '0' };

/** What the Text AP holds, as text. `birthDate` is YYYY-MM-DD with 00 for unknown parts. */
export interface TextItems {
  readonly name: string;
  readonly address: string;
  readonly birthDate: string;
  readonly sex: Sex;
}

function berLength(length: number): number[] {
  if (length < 0x80) return [length];
  if (length < 0x100) return [0x81, length];
  return [0x82, length >> 8, length & 0xff];
}

function tlv(tag: number, value: Uint8Array): Uint8Array {
  return Uint8Array.of(tag >> 8, tag & 0xff, ...berLength(value.length), ...value);
}

/** EF 0001: FF10 with the 12 digits, 15 bytes. */
export function encodeMyNumber(number: string): Uint8Array {
  return tlv(0xff10, new TextEncoder().encode(number));
}

/**
 * EF 0002: FF20 { DF21 four 16-bit offsets from the start of the file, DF22 name, DF23 address,
 * DF24 birth date YYYYMMDD, DF25 sex }.
 */
export function encodeBasicItems(items: TextItems): Uint8Array {
  const text = new TextEncoder();
  const parts = [
    tlv(0xdf22, text.encode(items.name)),
    tlv(0xdf23, text.encode(items.address)),
    tlv(0xdf24, text.encode(items.birthDate.replaceAll('-', ''))),
    tlv(0xdf25, text.encode(sexDigits[items.sex])),
  ];
  const offsetsLength = 2 + 1 + 8;
  const inside = offsetsLength + parts.reduce((sum, part) => sum + part.length, 0);
  let at = 2 + berLength(inside).length + offsetsLength;
  const offsets = new Uint8Array(8);
  const view = new DataView(offsets.buffer);
  for (const [index, part] of parts.entries()) {
    view.setUint16(index * 2, at);
    at += part.length;
  }
  return tlv(0xff20, Buffer.concat([tlv(0xdf21, offsets), ...parts]));
}

const eras = [
  { first: '2019-05-01', year: 2019 },
  { first: '1989-01-08', year: 1989 },
  { first: '1926-12-25', year: 1926 },
  { first: '1912-07-30', year: 1912 },
  { first: '0000-00-00', year: 1868 },
];

/**
 * Number B (照合番号B), 14 digits: birth date as YYMMDD of the Japanese era, expiry year, security code.
 * That the birth part is in the era's years is what myna-card says; no second source.
 */
export function numberB(birthDate: string, expiryYear: string, securityCode: string): string {
  const era = eras.find((candidate) => birthDate >= candidate.first);
  const year = Number(birthDate.slice(0, 4)) - (era?.year ?? 1868) + 1;
  const yy = (((year % 100) + 100) % 100).toString().padStart(2, '0');
  return yy + birthDate.slice(5, 7) + birthDate.slice(8, 10) + expiryYear + securityCode;
}
