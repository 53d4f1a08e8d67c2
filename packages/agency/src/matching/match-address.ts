import { type AddressParts, parseAddress } from './address.js';
import { withLeftOut } from './address-left-out.js';
import { type Comparison, compareGlyphs } from './compare.js';
import { type Glyph, shapeOf, textOf } from './glyphs.js';
import { differenceNote, type FieldMatch, mismatch, placesOf } from './reasons.js';
import type { Variants } from './variants.js';

/** Cities of one name in two prefectures: without the prefecture nobody knows which. */
const CITY_OF_TWO_PREFECTURES = /^(?:府中市|伊達市)/;
/** A town without its 郡 and its prefecture: there are four 池田町. 東村山市 and 十日町市 are cities. */
const TOWN_ALONE = /^[^市区郡]{1,7}?[町村](?!山?市)/;

/** Rungs `structure` and `variant` of an address; the rungs before them have failed. */
export function matchByStructure(
  certificate: readonly Glyph[],
  typed: readonly Glyph[],
  variants: Variants,
): FieldMatch {
  const mine = parseAddress(certificate);
  const theirs = parseAddress(typed);
  const whole = compareParts(mine, theirs, variants);
  if (whole.verdict !== 'mismatch') return whole;
  for (const other of withLeftOut(mine, theirs)) {
    const found = compareParts(other.mine, other.theirs, variants);
    if (found.verdict === 'mismatch') continue;
    const rest =
      found.verdict === 'match'
        ? `ほかは一致します（${differenceOf(other.mine, other.theirs)}）。目で確かめてください。`
        : found.reason;
    return {
      ...found,
      verdict: 'near',
      reason: `一方で${other.words.join('と')}が省かれています。${rest}`,
    };
  }
  return whole;
}

function compareParts(mine: AddressParts, theirs: AddressParts, variants: Variants): FieldMatch {
  if (mine.prefecture !== '' && theirs.prefecture !== '' && mine.prefecture !== theirs.prefecture) {
    return mismatch(`都道府県が違います（証明書 ${mine.prefecture}、申請 ${theirs.prefecture}）。`);
  }
  const place = compareGlyphs(mine.place, theirs.place, variants);
  if (place.kind === 'different') return mismatch(placeReason(mine, theirs, place));
  const numbers = compareNumbers(mine, theirs);
  if (numbers === 'different') return mismatch(numberReason(mine, theirs));
  const building = compareBuildings(mine, theirs, variants);
  if (building === 'different') {
    return mismatch(
      `建物・部屋の部分が違います（証明書 ${buildingText(mine)}、申請 ${buildingText(theirs)}）。`,
    );
  }
  if (place.kind === 'variant' || building === 'variant') {
    const where =
      place.kind === 'variant' ? `町名までの部分の字体が違います（${placesOf(place, 'variant')}）。` : '';
    const other = building === 'variant' ? '建物名の字体が違います。' : '';
    return { verdict: 'near', rung: 'variant', reason: `${where}${other}目で確かめてください。` };
  }
  const where = ambiguous(mine, theirs);
  if (where !== undefined) return { verdict: 'near', rung: 'structure', reason: where };
  // 12番地 101号室 and 12-101 may be one place or two lots.
  const isLot = numbers === 'room' && Math.min(mine.numbers.length, theirs.numbers.length) < 3;
  if (building === 'oneSide' || isLot) {
    return {
      verdict: 'near',
      rung: 'structure',
      reason: `番地までは一致し、建物・部屋の部分が一方にだけあります（証明書 ${buildingText(mine)}、申請 ${buildingText(theirs)}）。`,
    };
  }
  return {
    verdict: 'match',
    rung: 'structure',
    reason: `表記の違いのみ（${differenceOf(mine, theirs)}）。同じ場所を指しています。`,
  };
}

/** Without a prefecture a few names could be elsewhere. */
function ambiguous(mine: AddressParts, theirs: AddressParts): string | undefined {
  if ((mine.prefecture === '') === (theirs.prefecture === '')) return undefined;
  const bare = mine.prefecture === '' ? mine : theirs;
  const name = (CITY_OF_TWO_PREFECTURES.exec(shapeOf(bare.place)) ??
    TOWN_ALONE.exec(shapeOf(bare.place)))?.[0];
  if (name === undefined) return undefined;
  const side = bare === mine ? '証明書' : '申請';
  return `${side}に都道府県がなく、「${name}」は別の都道府県にもあるおそれがあります。ほかは一致します。目で確かめてください。`;
}

const MUNICIPALITY =
  /^(?:[^市区町村郡]{1,5}郡[^町村]{1,6}[町村]|.{1,7}?市(?:[^区市町]{1,4}区)?|.{1,4}?[区町村])/;

function placeReason(mine: AddressParts, theirs: AddressParts, place: Comparison): string {
  const [a, b] = [mine, theirs].map((parts) => MUNICIPALITY.exec(shapeOf(parts.place))?.[0] ?? '') as [
    string,
    string,
  ];
  const differing = a !== b && !(place.differences[0] && place.differences[0].at >= a.length);
  if (differing && a !== '' && b !== '') {
    return `市区町村が違います（証明書 ${a}、申請 ${b}）。`;
  }
  const where = placesOf({
    ...place,
    differences: place.differences.filter(({ kind }) => kind === 'different').slice(0, 1),
  });
  return `町名（大字・字・通り名を含む）が違います（証明書 ${textOf(mine.place)}、申請 ${textOf(theirs.place)}。${where}）。${differenceNote(place)}`;
}

function numberReason(mine: AddressParts, theirs: AddressParts): string {
  const length = Math.max(mine.numbers.length, theirs.numbers.length);
  const at = Array.from({ length }).findIndex((_, index) => mine.numbers[index] !== theirs.numbers[index]);
  return `丁目・番・号の${at + 1}番目の数が違います（証明書 ${mine.numbers.join('-') || 'なし'}、申請 ${theirs.numbers.join('-') || 'なし'}）。`;
}

/** `room`: the numbers go on behind 号 on one side, which can only be a room. */
function compareNumbers(mine: AddressParts, theirs: AddressParts): 'same' | 'room' | 'different' {
  const [short, long] =
    mine.numbers.length <= theirs.numbers.length
      ? [mine.numbers, theirs.numbers]
      : [theirs.numbers, mine.numbers];
  if (!short.every((number, at) => number === long[at])) return 'different';
  if (short.length === long.length) return 'same';
  const other = short === mine.numbers ? mine : theirs;
  const extra = long.slice(short.length).join('-');
  if (short.length >= 3) return 'room';
  // 12番地 コーポ見本101 and 12-101: the number after the lot is the room that the other side names.
  return short.length > 0 && endsWithNumber(shapeOf(other.building), extra) ? 'room' : 'different';
}

function endsWithNumber(text: string, number: string): boolean {
  return text.endsWith(number) && !/[0-9]/.test(text.charAt(text.length - number.length - 1));
}

/** Room numbers that stand behind the third number belong to the building. */
function fullBuilding(parts: AddressParts, common: number): string {
  const room = parts.numbers.slice(common).join('-');
  return room + (room !== '' && parts.building.length > 0 ? '-' : '') + shapeOf(parts.building);
}

function compareBuildings(
  mine: AddressParts,
  theirs: AddressParts,
  variants: Variants,
): 'same' | 'variant' | 'oneSide' | 'different' {
  const common = Math.min(mine.numbers.length, theirs.numbers.length);
  const a = fullBuilding(mine, common);
  const b = fullBuilding(theirs, common);
  if (a === b) return 'same';
  if (a === '' || b === '') return 'oneSide';
  if (mine.numbers.length === theirs.numbers.length) {
    const compared = compareGlyphs(mine.building, theirs.building, variants);
    if (compared.kind !== 'different') return compared.kind === 'variant' ? 'variant' : 'same';
  }
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  // コーポ見本 and コーポ見本101, or 101 alone: a part is missing on one side. 10 is no part of 101.
  const digitCut = (left: string, right: string) => /[0-9]$/.test(left) && /^[0-9]/.test(right);
  if (long.startsWith(short) && !digitCut(short, long.slice(short.length))) return 'oneSide';
  if (long.endsWith(short) && !digitCut(long.slice(0, -short.length), short)) return 'oneSide';
  return 'different';
}

function buildingText(parts: AddressParts): string {
  const room = parts.numbers.slice(3).join('-');
  return [room, textOf(parts.building)].filter((text) => text !== '').join(' ') || 'なし';
}

function differenceOf(mine: AddressParts, theirs: AddressParts): string {
  const notes: string[] = [];
  if ((mine.prefecture === '') !== (theirs.prefecture === '')) notes.push('都道府県の省略');
  if (mine.numbers.length > 0) notes.push(`番号 ${mine.numbers.join('-')}`);
  return notes.join('、') || '書き方';
}
