import { type AddressParts, parseAddress } from './address.js';
import { type Comparison, compareGlyphs } from './compare.js';
import { type Glyph, shapeOf, textOf } from './glyphs.js';
import type { FieldMatch } from './match.js';

type Result = FieldMatch;

const none = (reason: string): Result => ({ verdict: 'mismatch', rung: 'none', reason });

/** Rungs `structure` and `variant` of an address; the rungs before them have failed. */
export function matchByStructure(certificate: readonly Glyph[], typed: readonly Glyph[]): Result {
  const mine = parseAddress(certificate);
  const theirs = parseAddress(typed);
  if (mine.prefecture !== '' && theirs.prefecture !== '' && mine.prefecture !== theirs.prefecture) {
    return none(`都道府県が違います（証明書 ${mine.prefecture}、申請 ${theirs.prefecture}）。`);
  }
  const place = compareGlyphs(mine.place, theirs.place);
  if (place.kind === 'different') {
    return none(`町名までの部分が違います（証明書 ${textOf(mine.place)}、申請 ${textOf(theirs.place)}）。`);
  }
  const numbers = compareNumbers(mine, theirs);
  if (numbers === 'different') {
    return none(
      `丁目・番・号の部分が違います（証明書 ${mine.numbers.join('-') || 'なし'}、申請 ${theirs.numbers.join('-') || 'なし'}）。`,
    );
  }
  const building = compareBuildings(mine, theirs);
  if (building === 'different') {
    return none(`建物・部屋の部分が違います（証明書 ${buildingText(mine)}、申請 ${buildingText(theirs)}）。`);
  }
  if (place.kind === 'variant' || building === 'variant') {
    return {
      verdict: 'near',
      rung: 'variant',
      reason: `町名や建物名の字体が違います${shown(place)}。目で確かめてください。`,
    };
  }
  // 12番地 101号室 and 12-101 may be one place or two lots.
  const isLot = numbers === 'room' && Math.min(mine.numbers.length, theirs.numbers.length) < 3;
  if (building === 'oneSide' || isLot) {
    return {
      verdict: 'near',
      rung: 'structure',
      reason: `町名と番号は一致しますが、建物・部屋が一方にしかありません（証明書 ${buildingText(mine)}、申請 ${buildingText(theirs)}）。`,
    };
  }
  return {
    verdict: 'match',
    rung: 'structure',
    reason: `表記の違いのみ（${differenceOf(mine, theirs)}）。同じ場所を指しています。`,
  };
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
): 'same' | 'variant' | 'oneSide' | 'different' {
  const common = Math.min(mine.numbers.length, theirs.numbers.length);
  const a = fullBuilding(mine, common);
  const b = fullBuilding(theirs, common);
  if (a === b) return 'same';
  if (a === '' || b === '') return 'oneSide';
  if (mine.numbers.length === theirs.numbers.length) {
    const compared = compareGlyphs(mine.building, theirs.building);
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

function shown(comparison: Comparison): string {
  if (comparison.differences.length === 0) return '';
  const pairs = comparison.differences.slice(0, 3).map((one) => `${one.certificate}／${one.typed}`);
  return `（${pairs.join('、')}）`;
}
