import { fail } from './fault.js';
import type { Tlv } from './read.js';
import { tags } from './tags.js';
import { primitive } from './write.js';

/**
 * UTCTime or GeneralizedTime as RFC 5280 4.1.2.5 wants it: seconds present, Z, no fraction. UTCTime years 50–99 are 1950–1999.
 * `fraction: true` (OCSP, time stamps) lets GeneralizedTime carry a fraction without trailing zeros; it is kept to the millisecond.
 */
export function readTime(tlv: Tlv, options: { fraction?: boolean } = noOptions): Date {
  const { tag, bytes, start, content, contentEnd } = tlv;
  const width = tag === tags.utcTime ? 2 : tag === tags.generalizedTime ? 4 : 0;
  if (width === 0) fail('der.time.tag', start);
  const whole = content + width + 10;
  if (contentEnd <= whole || bytes[contentEnd - 1] !== 0x5a) fail('der.time.form', start);
  const short = digits(tlv, content, width);
  const year = width === 4 ? short : short + (short < 50 ? 2000 : 1900);
  const rest = content + width;
  const month = digits(tlv, rest, 2);
  const day = digits(tlv, rest + 2, 2);
  const hour = digits(tlv, rest + 4, 2);
  const minute = digits(tlv, rest + 6, 2);
  const second = digits(tlv, rest + 8, 2);
  const milliseconds =
    contentEnd === whole + 1 ? 0 : readFraction(tlv, whole, options.fraction === true && width === 4);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) fail('der.time.range', start);
  if (hour > 23 || minute > 59 || second > 59) fail('der.time.range', start);
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds));
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  if (year < 100) date.setUTCFullYear(year, month - 1, day);
  return date;
}

const noOptions = {};
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysIn(year: number, month: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return (monthDays[month - 1] ?? 0) + (leap ? 1 : 0);
}

function digits({ bytes, start }: Tlv, at: number, length: number): number {
  let value = 0;
  for (let i = at; i < at + length; i++) {
    const digit = (bytes[i] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) fail('der.time.form', start);
    value = 10 * value + digit;
  }
  return value;
}

/** `.ddd` before the Z: at least one digit, the last one not zero (X.690 11.7.3). */
function readFraction({ bytes, start, contentEnd }: Tlv, at: number, allowed: boolean): number {
  const text = String.fromCharCode(...bytes.subarray(at, Math.min(contentEnd - 1, at + 12)));
  if (!allowed || contentEnd - 1 - at > 10 || !/^\.\d*[1-9]$/.test(text)) fail('der.time.form', start);
  return Number(text.slice(1, 4).padEnd(3, '0'));
}

/** UTCTime until 2049, GeneralizedTime from 2050 (RFC 5280 4.1.2.5). Milliseconds are cut off. */
export function writeTime(date: Date): Uint8Array {
  const year = date.getUTCFullYear();
  if (year < 1950 || year >= 2050) return writeGeneralizedTime(date);
  return primitive(tags.utcTime, stamp(date).subarray(2));
}

/** GeneralizedTime whatever the year: OCSP and time stamps. Milliseconds are cut off. */
export function writeGeneralizedTime(date: Date): Uint8Array {
  return primitive(tags.generalizedTime, stamp(date));
}

/** The stamp that was made last: good until the next. */
const made = Uint8Array.from('00000000000000Z', (sign) => sign.charCodeAt(0));

/** YYYYMMDDhhmmssZ, digit by digit: a certificate has two, and the way over ISO 8601 took longer than the rest of its frame. */
function stamp(date: Date): Uint8Array {
  const year = date.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) throw new RangeError('a time in DER has a year from 0000 to 9999');
  putPair(0, Math.floor(year / 100));
  putPair(2, year % 100);
  putPair(4, date.getUTCMonth() + 1);
  putPair(6, date.getUTCDate());
  putPair(8, date.getUTCHours());
  putPair(10, date.getUTCMinutes());
  putPair(12, date.getUTCSeconds());
  return made;
}

function putPair(at: number, value: number): void {
  made[at] = 0x30 + Math.floor(value / 10);
  made[at + 1] = 0x30 + (value % 10);
}
