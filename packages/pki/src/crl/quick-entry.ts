import type { Revocation } from './entry.js';
import { reasonByCode } from './reason.js';

/** SEQUENCE, INTEGER of one octet and UTCTime: no entry is shorter. */
const shortest = 20;
const timeOctets = 15;
const reasonOctets = 14;

/**
 * The end of an entry of the usual form — short lengths, UTCTime, at most a reasonCode — or 0 where only the full reader can tell.
 * Everything it lets pass the full reader accepts too. A list of a million entries is walked with this, so it reads four octets at a time.
 */
export function quickEntry(view: DataView, at: number, end: number): number {
  if (at + shortest > end) return 0;
  const head = view.getInt32(at);
  if ((head & 0xff80ff00) !== 0x30000200) return 0;
  const serialLength = head & 0xff;
  const next = at + 2 + ((head >> 16) & 0xff);
  const time = at + 4 + serialLength;
  const rest = next - time - timeOctets;
  if (next > end || (rest !== 0 && rest !== reasonOctets) || serialLength < 1 || serialLength > 21) return 0;
  if (serialLength > 1) {
    const first = view.getInt16(at + 4);
    // Nine bits alike in front: not the shortest form.
    if (first >= -0x80 && first < 0x80) return 0;
  }
  if (!quickTime(view, time)) return 0;
  return rest === 0 || quickReason(view, time + timeOctets) ? next : 0;
}

/** What an entry says that quickEntry has let pass. */
export function quickRevocation(view: DataView, at: number): Revocation {
  const length = view.getUint8(at + 1);
  const time = at + 4 + view.getUint8(at + 3);
  const short = pair(view.getUint16(time + 2));
  const year = short + (short < 50 ? 2000 : 1900);
  const [month, day, hour, minute, second] = [4, 6, 8, 10, 12].map((i) => pair(view.getUint16(time + i)));
  const date = new Date(Date.UTC(year, (month ?? 1) - 1, day, hour, minute, second));
  const hasReason = at + 2 + length > time + timeOctets;
  const reason = hasReason ? reasonByCode(view.getUint8(time + 28)) : undefined;
  return { date, reason: reason ?? 'unspecified' };
}

/** Two digits in ASCII, in the low 16 bits. */
function pair(digits: number): number {
  return 10 * ((digits >> 8) & 15) + (digits & 15);
}

/** Whether the four octets are digits in ASCII: each begins with 3, and does so still with 6 added. */
function fourDigits(word: number): boolean {
  return (word & 0xf0f0f0f0) === 0x30303030 && ((word + 0x06060606) & 0xf0f0f0f0) === 0x30303030;
}

function quickTime(view: DataView, at: number): boolean {
  if (view.getUint16(at) !== 0x170d || view.getUint8(at + 14) !== 0x5a) return false;
  const yearMonth = view.getInt32(at + 2);
  const dayHour = view.getInt32(at + 6);
  const minuteSecond = view.getInt32(at + 10);
  if (!fourDigits(yearMonth) || !fourDigits(dayHour) || !fourDigits(minuteSecond)) return false;
  const month = pair(yearMonth);
  const day = pair(dayHour >> 16);
  // The end of February is left to the full reader, which knows the years.
  if (
    month < 1 ||
    month > 12 ||
    day < 1 ||
    day > (month === 2 ? 28 : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31)
  )
    return false;
  return pair(dayHour) < 24 && pair(minuteSecond >> 16) < 60 && pair(minuteSecond) < 60;
}

/** SEQUENCE { SEQUENCE { 2.5.29.21, OCTET STRING { ENUMERATED } } } and a code that means something (RFC 5280 5.3.1). */
function quickReason(view: DataView, at: number): boolean {
  const code = view.getUint16(at + 12) - 0x100;
  return (
    view.getInt32(at) === 0x300c300a &&
    view.getInt32(at + 4) === 0x0603551d &&
    view.getInt32(at + 8) === 0x1504030a &&
    code >= 0 &&
    code <= 10 &&
    code !== 7
  );
}
