import type { Parsed } from '../der/fault.js';

/**
 * The birth date of the signature certificate: EYYYYMMDD, E the era (1 Meiji … 5 Reiwa, 0 unknown), YYYYMMDD **Gregorian**, unknown
 * parts zero. An era's last day is the first of the next one from 1912 and 1926 on, so both codes are right on it.
 */
const eras = [
  { code: '1', first: '1868-01-25', last: '1912-07-30' },
  { code: '2', first: '1912-07-30', last: '1926-12-25' },
  { code: '3', first: '1926-12-25', last: '1989-01-07' },
  { code: '4', first: '1989-01-08', last: '2019-04-30' },
  { code: '5', first: '2019-05-01', last: '9999-12-31' },
] as const;

/** YYYY-MM-DD from EYYYYMMDD; the era must fit the date as far as it is known. */
export function readBirthCode(code: string): Parsed<string> {
  const match = /^([0-5])(\d{4})(\d\d)(\d\d)$/.exec(code);
  if (match === null) return { ok: false, rule: 'identity.birthDate.form', offset: 0 };
  const [, era = '', year = '', month = '', day = ''] = match;
  const span = possible(year, month, day);
  if (span === undefined) return { ok: false, rule: 'identity.birthDate.date', offset: 0 };
  const known = eras.find((candidate) => candidate.code === era);
  if (known !== undefined && (span.last < known.first || span.first > known.last)) {
    return { ok: false, rule: 'identity.birthDate.era', offset: 0 };
  }
  return { ok: true, value: `${year}-${month}-${day}` };
}

/** EYYYYMMDD from YYYY-MM-DD with zeros for unknown parts. Throws RangeError on a date that does not exist. */
export function writeBirthCode(date: string): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date);
  const [, year = '', month = '', day = ''] = match ?? [];
  const span = match === null ? undefined : possible(year, month, day);
  if (span === undefined) throw new RangeError('a birth date is YYYY-MM-DD, unknown parts zero');
  if (year === '0000') return `0${year}${month}${day}`;
  // On a day that belongs to two eras the later one counts, as registers write it.
  const era = eras.findLast((candidate) => candidate.first <= span.first && span.first <= candidate.last);
  return `${era?.code ?? '0'}${year}${month}${day}`;
}

/** The first and last day a date with unknown parts can mean; undefined where no day fits. */
function possible(year: string, month: string, day: string): { first: string; last: string } | undefined {
  const y = Number(year);
  const m = Number(month);
  const d = Number(day);
  if (m > 12 || d > 31) return undefined;
  if (m === 0 || y === 0) {
    // With the year or the month unknown the day may still be known; any day of the longest month is possible.
    if (m !== 0 && d > daysIn(y === 0 ? 2000 : y, m)) return undefined;
    return y === 0
      ? { first: '0000-01-01', last: '9999-12-31' }
      : { first: `${year}-01-01`, last: `${year}-12-31` };
  }
  const days = daysIn(y, m);
  if (d > days) return undefined;
  if (d === 0) return { first: `${year}-${month}-01`, last: `${year}-${month}-${days}` };
  return { first: `${year}-${month}-${day}`, last: `${year}-${month}-${day}` };
}

function daysIn(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}
