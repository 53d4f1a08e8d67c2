import { type Glyph, rewrite, shapeOf, withoutSpaces } from './glyphs.js';

/** An address by its structure. */
export interface AddressParts {
  readonly prefecture: string;
  /** Municipality, ward, town; Kyoto's street names and Sapporo's 条 belong to it. */
  readonly place: readonly Glyph[];
  /** 丁目, 番, 号 (and what follows with a hyphen), as decimal digits without leading zeros. */
  readonly numbers: readonly string[];
  /** What stands after the numbers, without spaces and 号室. */
  readonly building: readonly Glyph[];
}

const KANJI_NUMBER = '〇零一二三四五六七八九十百千';
const PREFECTURE = /^(?:北海道|東京都|京都府|大阪府|[^市区町村郡0-9 -]{2,3}県)/;
// Before 丁目, 番(地), 号 only: 三田, 六本木 and 一番町 are names.
const COUNTED = new RegExp(
  `[${KANJI_NUMBER}]{1,9}(?=丁目|番地|地割|番(?=[0-9${KANJI_NUMBER}の -]|$)|号(?=[室棟 ]|$))|(?<=[東西南北])[${KANJI_NUMBER}]{1,5}(?=条)`,
  'g',
);
/** People put it first; a certificate has none. */
const POSTAL_CODE = /^(?:〒 ?[0-9]{3}-?[0-9]{4}|[0-9]{3}-[0-9]{4}(?![0-9-])) */g;
/** A number before one of these belongs to a name: 1条, 3線, 24軒, 2区, 1番町, 5地割. */
const NAME_AFTER_NUMBER = /^(?:[条線軒区町村市番丁]|地割)/;

/** Reads an address from its folded glyphs (spaces still in). Never fails: what has no structure is all place. */
export function parseAddress(glyphs: readonly Glyph[]): AddressParts {
  let rest = trim(rewrite(trim(glyphs), POSTAL_CODE, () => ''));
  const prefecture = PREFECTURE.exec(shapeOf(rest))?.[0] ?? '';
  rest = trim(rest.slice(prefecture.length));
  rest = rewrite(rest, COUNTED, kanjiToDigits);
  // A room that stands apart stays apart: 12番地 101号室 is not lot 12-101.
  rest = rewrite(rest, / +(?=[0-9]+号室)/g, () => '、');
  rest = rewrite(
    rest,
    /(?<=[0-9])(?:丁目|丁(?=[0-9])|番地[のノ之]?|番[のノ之]?(?![町丁])|[のノ之](?=[0-9])) ?-? ?/g,
    () => '-',
  );
  rest = rewrite(rest, /(?<=[0-9])号?棟/g, () => '-');
  rest = rewrite(rest, /(?<=[0-9])号室?/g, () => ' ');
  rest = rewrite(rest, / *- */g, () => '-');
  const shape = shapeOf(rest);
  for (const match of shape.matchAll(/[0-9]+(?:-[0-9]+)*-?/g)) {
    const end = match.index + match[0].length;
    const single = !match[0].includes('-');
    if (single && NAME_AFTER_NUMBER.test(shape.slice(end))) continue;
    return {
      prefecture,
      place: place(rest.slice(0, match.index)),
      numbers: match[0]
        .split('-')
        .filter((part) => part !== '')
        .map((part) => part.replace(/^0+(?=[0-9])/, '')),
      building: building(rest.slice(end)),
    };
  }
  return { prefecture, place: place(rest), numbers: [], building: [] };
}

function place(glyphs: readonly Glyph[]): Glyph[] {
  const bare = withoutSpaces(rewrite(glyphs, /大字|小字|(?<!文)字/g, () => ''));
  const smallKe = rewrite(bare, /(?<=\p{Script=Han})[ヶケがガ](?=\p{Script=Han})/gu, () => 'ケ');
  return rewrite(smallKe, /ッ/g, () => 'ツ');
}

function building(glyphs: readonly Glyph[]): Glyph[] {
  const bare = withoutSpaces(rewrite(glyphs, /(?<=[0-9]) +(?=[0-9])/g, () => '-'));
  const shape = shapeOf(bare);
  let start = 0;
  let end = shape.length;
  while (start < end && /[- ,、.]/.test(shape.charAt(start))) start++;
  while (end > start && /[- ,、.]/.test(shape.charAt(end - 1))) end--;
  return bare.slice(start, end);
}

function trim(glyphs: readonly Glyph[]): Glyph[] {
  let start = 0;
  let end = glyphs.length;
  while (start < end && glyphs[start]?.ch === ' ') start++;
  while (end > start && glyphs[end - 1]?.ch === ' ') end--;
  return glyphs.slice(start, end);
}

/** 二十三 → 23, 一〇五 → 105, 百二 → 102. */
export function kanjiToDigits(text: string): string {
  if (!/[十百千]/.test(text)) return Array.from(text, (ch) => Math.max(0, digitOf(ch))).join('');
  let total = 0;
  let digit = 0;
  for (const ch of text) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[ch];
    if (unit === undefined) {
      digit = Math.max(0, digitOf(ch));
    } else {
      total += (digit === 0 ? 1 : digit) * unit;
      digit = 0;
    }
  }
  return String(total + digit);
}

function digitOf(ch: string): number {
  return ch === '零' ? 0 : '〇一二三四五六七八九'.indexOf(ch);
}
