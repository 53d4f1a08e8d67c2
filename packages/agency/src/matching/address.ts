import { type Glyph, rewrite, shapeOf, withoutSpaces } from './glyphs.js';
import { KANJI_NUMBER, kanjiToDigits } from './kanji-number.js';

/** An address by its structure. */
export interface AddressParts {
  readonly prefecture: string;
  /** Municipality, ward, town; Kyoto's street names, Sapporo's 条, Iwate's 地割 and the letter of a lot (イ, 甲) belong to it. */
  readonly place: readonly Glyph[];
  /** 丁目, 番, 号 (and what follows with a hyphen), as decimal digits without leading zeros. */
  readonly numbers: readonly string[];
  /** What stands after the numbers, without spaces and 号室. */
  readonly building: readonly Glyph[];
}

const K = KANJI_NUMBER;
const PREFECTURE = /^(?:北海道|東京都|京都府|大阪府|[^市区町村郡0-9 -]{2,3}県)/;
// Numbers in kanji only where something counts: 三田, 六本木 and 一番町 are names.
const COUNTED = [
  // before 丁目, 番(地), 号, 地割; between the directions of 南一条西
  new RegExp(
    `[${K}]{1,9}(?=丁目|番地|地割|番(?=[0-9${K}の -]|$)|号(?=[室棟 ]|$))|(?<=[東西南北])[${K}]{1,5}(?=条)`,
    'g',
  ),
  // after 丁目 or 番地: 二番地の三, 一丁目二番三
  new RegExp(`(?<=(?:丁目|番地?) ?[のノ之]?)[${K}]{1,9}(?=$|[ 番号-]|[のノ之][0-9])`, 'g'),
  // between hyphens: 一－二－三
  new RegExp(`(?<![${K}])[${K}]{1,5}(?=-[0-9${K}])|(?<=[0-9${K}]-)[${K}]{1,5}(?![${K}町丁条])`, 'g'),
];
/** People put it first; a certificate has none. */
const POSTAL_CODE = /^(?:〒 ?[0-9]{3}-?[0-9]{4} ?|[0-9]{3}-[0-9]{4}(?![0-9-]) )/g;
/** A number before one of these belongs to a name: 1条, 3線, 24軒, 2区, 1番町, 5地割. */
const NAME_AFTER_NUMBER = /^(?:[条線軒区町村市番丁]|地割)/;
/** 石川のイロハ番地, 甲乙番地: イの12 is イ12. */
const LOT_LETTER =
  '(?<=[イロハニホヘトチリヌルヲワカヨタレソツネナラムウオクヤマケフコエテアサキユメミシヒモセス甲乙丙丁戊己庚辛壬癸])';

/** Reads an address from its folded glyphs (spaces still in). Never fails: what has no structure is all place. */
export function parseAddress(glyphs: readonly Glyph[]): AddressParts {
  let rest = trim(rewrite(trim(glyphs), POSTAL_CODE, () => ''));
  const prefecture = PREFECTURE.exec(shapeOf(rest))?.[0] ?? '';
  rest = numbersJoined(trim(rest.slice(prefecture.length)));
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

/** Every way to write 丁目, 番, 号 becomes digits with hyphens. */
function numbersJoined(glyphs: readonly Glyph[]): Glyph[] {
  let rest: Glyph[] = rewrite(glyphs, / *- */g, () => '-');
  for (const pattern of COUNTED) rest = rewrite(rest, pattern, kanjiToDigits);
  rest = rewrite(rest, /第(?=[0-9]+(?:地割|番))/g, () => '');
  // 南1西10 is 南1条西10.
  rest = rewrite(rest, /(?<=[東西南北][0-9]{1,2})(?=[東西南北][0-9])/g, () => '条');
  rest = rewrite(rest, new RegExp(`${LOT_LETTER}[のノ之](?=[0-9])`, 'g'), () => '');
  rest = rewrite(rest, /番地 ?(?:なし|無し|無)/g, () => '無番地');
  // A room that stands apart stays apart: 12番地 101号室 is not lot 12-101.
  rest = rewrite(rest, / +(?=[0-9]+号室)/g, () => '、');
  rest = rewrite(
    rest,
    /(?<=[0-9])(?:丁目|丁(?=[0-9])|番地[のノ之]?|番[のノ之]?(?![町丁])|[のノ之](?=[0-9])) ?-? ?/g,
    () => '-',
  );
  rest = rewrite(rest, /(?<=[0-9A-Z])号?棟/g, () => '-');
  rest = rewrite(rest, /(?<=[0-9])号室?/g, () => ' ');
  return rewrite(rest, / *- */g, () => '-');
}

function place(glyphs: readonly Glyph[]): Glyph[] {
  let bare = withoutSpaces(rewrite(glyphs, /大字|小字|(?<![文十])字/g, () => ''));
  bare = rewrite(bare, /(?<=\p{Script=Han})[ヶケがガ](?=\p{Script=Han})/gu, () => 'ケ');
  bare = rewrite(bare, /ッ/g, () => 'ツ');
  if (!shapeOf(bare).startsWith('京都市')) return bare;
  // 京都の通り名: 上ル, 上がる; 東入ル, 東入; 烏丸通り.
  bare = rewrite(bare, /(?<=[上下])(?:がる|ル)/g, () => 'る');
  bare = rewrite(bare, /(?<=[東西]入)[るル]/g, () => '');
  return rewrite(bare, /(?<=通)り/g, () => '');
}

function building(glyphs: readonly Glyph[]): Glyph[] {
  let bare = withoutSpaces(rewrite(glyphs, /(?<=[0-9]) +(?=[0-9])/g, () => '-'));
  bare = rewrite(bare, /様(?=方$)/g, () => '');
  bare = rewrite(bare, /(?<=[0-9])階/g, () => 'F');
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
