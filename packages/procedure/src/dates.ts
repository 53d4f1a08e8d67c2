import { say, type Words } from './words.js';

const eras = [
  { from: '2019-05-01', name: '令和', first: 2019 },
  { from: '1989-01-08', name: '平成', first: 1989 },
  { from: '1926-12-25', name: '昭和', first: 1926 },
  { from: '1912-07-30', name: '大正', first: 1912 },
  { from: '1873-01-01', name: '明治', first: 1868 },
];

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** True for a day of the calendar written YYYY-MM-DD. */
export function isRealDate(value: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

/**
 * A day in words, the Japanese era first: 昭和50年4月1日（1975年）. Unknown parts of a birth date are 00 (the form of the
 * certificate) and are said as unknown (不詳).
 */
export function drawDate(value: string): Words {
  const [year = '', month = '', day = ''] = value.split('-');
  if (year === '0000') return say('不詳', 'わかりません', 'unknown');
  const known = { month: month !== '00', day: day !== '00' };
  const era = eras.find((candidate) => candidate.from <= `${year}-${month}-${day}`);
  const eraYear = era ? Number(year) - era.first + 1 : 0;
  const tail = `${known.month ? `${Number(month)}月` : '月不詳'}${known.day ? `${Number(day)}日` : '日不詳'}`;
  const ja = era
    ? `${era.name}${eraYear === 1 ? '元' : eraYear}年${tail}（${Number(year)}年）`
    : `${Number(year)}年${tail}`;
  const monthName = months[Number(month) - 1];
  const en = [known.day ? Number(day) : undefined, known.month ? monthName : undefined, Number(year)]
    .filter((part) => part !== undefined)
    .join(' ');
  const easy = era
    ? `${Number(year)}年${tail}（${era.name}${eraYear === 1 ? '元' : eraYear}年）`
    : `${Number(year)}年${tail}`;
  return say(ja, easy, en);
}
