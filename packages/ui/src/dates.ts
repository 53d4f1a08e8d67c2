import type { Register } from './words.js';

const tokyo = 'Asia/Tokyo';

/** Making a format takes longer than using it a hundred times; there are three of them. */
const formats = new Map<string, Intl.DateTimeFormat>();

function parts(locale: string, options: Intl.DateTimeFormatOptions, date: Date): Map<string, string> {
  const key = `${locale} ${Object.values(options).join(' ')}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: tokyo, ...options });
  formats.set(key, format);
  return new Map(format.formatToParts(date).map((part) => [part.type, part.value]));
}

/** 令和8, 令和元: era and year of the Japanese calendar at that moment in Japan. */
function eraYear(date: Date): string {
  const found = parts('ja-JP-u-ca-japanese', { era: 'long', year: 'numeric' }, date);
  return `${found.get('era') ?? ''}${found.get('year') ?? ''}`;
}

/**
 * A moment in Japan time (日本標準時) for people, 24 h clock.
 * ja, jaEasy: `2026年11月22日（令和8年）10時41分`; en: `22 November 2026, 10:41 (Japan time)`. An invalid Date gives an empty string.
 */
export function formatDate(
  date: Date,
  register: Register,
  options: { wareki?: boolean; time?: boolean } = {},
): string {
  if (Number.isNaN(date.getTime())) return '';
  const { wareki = true, time = false } = options;
  const p = parts(
    'en-GB',
    { year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    date,
  );
  const get = (name: string) => p.get(name) ?? '';
  if (register === 'en') {
    const day = `${get('day')} ${get('month')} ${get('year')}`;
    return time ? `${day}, ${get('hour')}:${get('minute')} (Japan time)` : day;
  }
  const month = parts('en-GB', { month: 'numeric' }, date).get('month') ?? '';
  const day = `${get('year')}年${month}月${get('day')}日${wareki ? `（${eraYear(date)}年）` : ''}`;
  return time ? `${day}${Number(get('hour'))}時${get('minute')}分` : day;
}

/** The day in Japan at a moment, or so many days after it: `YYYY-MM-DD`. Japan has had no summer time since 1951. */
export function japaneseDay(at: Date, daysLater = 0): string {
  return new Date(at.getTime() + 9 * 3600_000 + daysLater * 86_400_000).toISOString().slice(0, 10);
}

/** A day of our own calendars, `YYYY-MM-DD`, in the words of `formatDate`. */
export function formatDay(day: string, register: Register, options: { wareki?: boolean } = {}): string {
  // Noon in Japan: far from both midnights.
  return formatDate(new Date(`${day}T03:00:00Z`), register, options);
}

/** A month `YYYY-MM` for people: `2026年11月`, in English `November 2026`. */
export function formatMonth(month: string, register: Register): string {
  const [year, number] = month.split('-').map(Number);
  if (year === undefined || number === undefined) return month;
  return register === 'en' ? `${monthName(number)} ${year}` : `${year}年${number}月`;
}

/**
 * A calendar day `YYYY-MM-DD` (a birth date; unknown parts are 00) for people.
 * ja: `昭和50年4月1日（1975年）`; jaEasy: `1975年4月1日（昭和50年）`; en: `1 April 1975`.
 * Text that is no such day comes back unchanged: what the certificate says is shown, not hidden.
 */
export function eraDate(day: string, register: Register = 'ja'): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (match === null) return day;
  const [y, m, d] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const unknown = register === 'en' ? 'unknown' : '不明';
  if (y === 0) return unknown;
  if (m === 0 || d === 0) {
    // Without the day the era can be in doubt (1989 is 昭和64 and 平成元), so only the western year is said.
    if (register === 'en')
      return m === 0 ? `${y} (month and day unknown)` : `${monthName(m)} ${y} (day unknown)`;
    return m === 0 ? `${y}年（月日は${unknown}）` : `${y}年${m}月（日は${unknown}）`;
  }
  // Noon in Japan: far from both midnights.
  const moment = new Date(Date.UTC(y, m - 1, d, 3));
  if (moment.getUTCMonth() !== m - 1 || moment.getUTCDate() !== d) return day;
  if (register === 'en') return `${d} ${monthName(m)} ${y}`;
  // Japan counted by the lunar calendar until the end of 1872; nobody alive was born then.
  if (y < 1873) return `${y}年${m}月${d}日`;
  const era = eraYear(moment);
  return register === 'jaEasy' ? `${y}年${m}月${d}日（${era}年）` : `${era}年${m}月${d}日（${y}年）`;
}

function monthName(month: number): string {
  return new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2000, month - 1, 1)),
  );
}

/** First day of each era: 元号法 (Act 43 of 1979) orders and, before it, the imperial edicts. */
const eras: readonly { names: readonly string[]; year: number; start: string }[] = [
  { names: ['明治', 'M'], year: 1868, start: '1868-10-23' },
  { names: ['大正', 'T'], year: 1912, start: '1912-07-30' },
  { names: ['昭和', 'S'], year: 1926, start: '1926-12-25' },
  { names: ['平成', 'H'], year: 1989, start: '1989-01-08' },
  { names: ['令和', 'R'], year: 2019, start: '2019-05-01' },
];

/**
 * Reads a day as people write it: `昭和50年4月1日`, `令和元年5月1日`, `S50.4.1`, `1975年4月1日`, `1975-04-01`, `1975/4/1`; full-width
 * digits and spaces are welcome. Gives `YYYY-MM-DD`, or undefined where there is no such day. A day before the era began is refused; one
 * after its end is taken (平成31年12月1日 stands on many papers and means one day only).
 */
export function parseDay(text: string): string | undefined {
  if (text.length > 40) return undefined;
  const folded = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  const match = /^([^\d元]*)(\d{1,4}|元)[年./-](\d{1,2})[月./-](\d{1,2})日?$/.exec(folded);
  if (match === null) return undefined;
  const [, name = '', yearText = '', monthText, dayText] = match;
  const era = eras.find((candidate) => candidate.names.includes(name));
  if (era === undefined && (name !== '' || yearText.length !== 4)) return undefined;
  const counted = yearText === '元' ? 1 : Number(yearText);
  if (era !== undefined && (counted < 1 || yearText.length > 2)) return undefined;
  const year = era === undefined ? counted : era.year + counted - 1;
  const [month, day] = [Number(monthText), Number(dayText)];
  const moment = new Date(Date.UTC(2000, month - 1, day));
  moment.setUTCFullYear(year, month - 1, day);
  if (moment.getUTCMonth() !== month - 1 || moment.getUTCDate() !== day) return undefined;
  const found = moment.toISOString().slice(0, 10);
  return era !== undefined && found < era.start ? undefined : found;
}
