import { fail } from './fault.js';
import type { Tlv } from './read.js';
import { tags } from './tags.js';
import { primitive } from './write.js';

/**
 * UTCTime or GeneralizedTime as RFC 5280 4.1.2.5 wants it: seconds present, Z, no fraction. UTCTime years 50–99 are 1950–1999.
 * `fraction: true` (OCSP, time stamps) lets GeneralizedTime carry a fraction without trailing zeros; it is kept to the millisecond.
 */
export function readTime(tlv: Tlv, options: { fraction?: boolean } = {}): Date {
  const { tag, bytes, start, content, contentEnd } = tlv;
  const width = tag === tags.utcTime ? 2 : tag === tags.generalizedTime ? 4 : 0;
  if (width === 0) fail('der.time.tag', start);
  const whole = content + width + 10;
  if (contentEnd <= whole || bytes[contentEnd - 1] !== 0x5a) fail('der.time.form', start);
  const number = (at: number, length: number): number => {
    let value = 0;
    for (let i = at; i < at + length; i++) {
      const digit = (bytes[i] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) fail('der.time.form', start);
      value = 10 * value + digit;
    }
    return value;
  };
  const short = number(content, width);
  const year = width === 4 ? short : short + (short < 50 ? 2000 : 1900);
  const rest = content + width;
  const month = number(rest, 2);
  const day = number(rest + 2, 2);
  const hour = number(rest + 4, 2);
  const minute = number(rest + 6, 2);
  const second = number(rest + 8, 2);
  const milliseconds =
    contentEnd === whole + 1 ? 0 : readFraction(tlv, whole, options.fraction === true && width === 4);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const kept =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!kept || hour > 23 || minute > 59 || second > 59) fail('der.time.range', start);
  date.setUTCHours(hour, minute, second, milliseconds);
  return date;
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
