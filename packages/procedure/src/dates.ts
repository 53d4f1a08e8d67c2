import { eraDate, type Words } from '@madoguchi/ui/words';

/** True for a day of the calendar written YYYY-MM-DD. */
export function isRealDate(value: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

/** A day in words, with the Japanese era: 昭和50年4月1日（1975年）. Unknown parts of a birth date are 00 and are said so. */
export function drawDate(value: string): Words {
  return { ja: eraDate(value, 'ja'), jaEasy: eraDate(value, 'jaEasy'), en: eraDate(value, 'en') };
}

/** 令和8年4月, 2026年4月, R8.4, 2026-4 → 2026-04; undefined for anything else. */
export function readMonth(text: string): string | undefined {
  const [, year = '', month = ''] = /^(.{1,12}?)(?:年|[-/.])([0-9]{1,2})月?$/.exec(text) ?? [];
  const number = Number(month);
  const known = readYear(year);
  if (known === undefined || number < 1 || number > 12) return undefined;
  return `${known}-${month.padStart(2, '0')}`;
}

/** First year of each era; a year of an era is counted from 1. */
const eras: readonly (readonly [RegExp, number])[] = [
  [/^(?:明治|M)/, 1868],
  [/^(?:大正|T)/, 1912],
  [/^(?:昭和|S)/, 1926],
  [/^(?:平成|H)/, 1989],
  [/^(?:令和|R)/, 2019],
];

/** 令和8年, 令和元年分, R8, 2026 → 2026; undefined for anything else. */
export function readYear(text: string): string | undefined {
  const plain = text.toUpperCase().replace(/年?[度分]?$/, '');
  if (/^(1[89]|2[0-9])[0-9]{2}$/.test(plain)) return plain;
  const found = eras.find(([name]) => name.test(plain));
  if (found === undefined) return undefined;
  const [name, first] = found;
  const count = plain.replace(name, '');
  if (!/^(元|[1-9][0-9]?)$/.test(count)) return undefined;
  const year = first + (count === '元' ? 1 : Number(count)) - 1;
  const next = eras[eras.indexOf(found) + 1]?.[1];
  return next !== undefined && year > next ? undefined : String(year);
}

/** 2026-04 in words with the era. */
export function drawMonth(value: string): Words {
  const first = drawDate(`${value}-01`);
  const cut = (text: string) => text.replace(/1日/, '').replace(/^1 /, '');
  return { ja: cut(first.ja), jaEasy: cut(first.jaEasy), en: cut(first.en) };
}

/** 2026 in words with the era of its last day: 令和8年（2026年）. */
export function drawYear(value: string): Words {
  const last = drawDate(`${value}-12-31`);
  return {
    ja: last.ja.replace('12月31日', ''),
    jaEasy: last.jaEasy.replace('12月31日', ''),
    en: value,
  };
}
