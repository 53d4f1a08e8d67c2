import { fail } from './fault.js';
import type { Tlv } from './read.js';
import { tags } from './tags.js';
import { primitive } from './write.js';

/**
 * UTCTime or GeneralizedTime as RFC 5280 4.1.2.5 wants it: seconds present, Z, no fraction. UTCTime years 50–99 are 1950–1999.
 * `fraction: true` (OCSP, time stamps) lets GeneralizedTime carry a fraction without trailing zeros; it is kept to the millisecond.
 */
export function readTime(tlv: Tlv, options: { fraction?: boolean } = {}): Date {
  const text = Buffer.from(
    tlv.bytes.buffer,
    tlv.bytes.byteOffset + tlv.content,
    tlv.contentEnd - tlv.content,
  );
  const match = pattern(tlv.tag, options.fraction === true)?.exec(text.toString('latin1'));
  if (match === undefined) fail('der.time.tag', tlv.start);
  if (match === null) fail('der.time.form', tlv.start);
  const [, years = '', month = '', day = '', hour = '', minute = '', second = '', fraction = ''] = match;
  const short = Number(years);
  const year = tlv.tag === tags.utcTime ? short + (short < 50 ? 2000 : 1900) : short;
  const date = new Date(0);
  date.setUTCFullYear(year, Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second), Number(fraction.slice(0, 3).padEnd(3, '0')));
  const kept =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === Number(month) - 1 &&
    date.getUTCDate() === Number(day) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60;
  if (!kept) fail('der.time.range', tlv.start);
  return date;
}

const utc = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
const generalized = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
const generalizedFraction = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{0,8}[1-9]))?Z$/;

function pattern(tag: number, fraction: boolean): RegExp | undefined {
  if (tag === tags.utcTime) return utc;
  if (tag === tags.generalizedTime) return fraction ? generalizedFraction : generalized;
  return undefined;
}

/** UTCTime until 2049, GeneralizedTime from 2050 (RFC 5280 4.1.2.5). Milliseconds are cut off. */
export function writeTime(date: Date): Uint8Array {
  const year = date.getUTCFullYear();
  if (year < 1950 || year >= 2050) return writeGeneralizedTime(date);
  return primitive(tags.utcTime, Buffer.from(stamp(date).slice(2), 'latin1'));
}

/** GeneralizedTime whatever the year: OCSP and time stamps. Milliseconds are cut off. */
export function writeGeneralizedTime(date: Date): Uint8Array {
  return primitive(tags.generalizedTime, Buffer.from(stamp(date), 'latin1'));
}

function stamp(date: Date): string {
  const year = date.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) throw new RangeError('a time in DER has a year from 0000 to 9999');
  return `${date.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
}
