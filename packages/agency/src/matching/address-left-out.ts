import type { AddressParts } from './address.js';
import { shapeOf } from './glyphs.js';

/** What people leave out of an address although it is part of the place; each gives the address without it. */
interface LeftOut {
  readonly words: string;
  readonly without: (parts: AddressParts) => AddressParts;
}

const STREETS = /^(京都市[^区]{1,3}区)(.+(?:[上下]る|[東西]入))(?=.)/;
// 余市郡余市町 has a 郡; 大和郡山市, 小郡市, 蒲郡市 and 郡上市 have none.
const DISTRICT = /^.{1,5}?郡(?!山市|上市|市)(?=.{1,8}[町村])/;
const SHARES = /([0-9]+)地割$/;

/** In the order in which they are tried; then all of them together. */
const LEFT_OUT: readonly LeftOut[] = [
  { words: '郡', without: (parts) => cut(parts, 0, DISTRICT.exec(shapeOf(parts.place))?.[0].length ?? 0) },
  {
    words: '京都の通り名',
    without: (parts) => {
      const found = STREETS.exec(shapeOf(parts.place));
      if (found === null) return parts;
      const [, ward = '', streets = ''] = found;
      return cut(parts, ward.length, ward.length + streets.length);
    },
  },
  {
    words: '「地割」の文字',
    without: (parts) => {
      const found = SHARES.exec(shapeOf(parts.place));
      if (found === null) return parts;
      const shorter = cut(parts, found.index, parts.place.length);
      return { ...shorter, numbers: [(found[1] ?? '').replace(/^0+(?=[0-9])/, ''), ...parts.numbers] };
    },
  },
];

function cut(parts: AddressParts, from: number, to: number): AddressParts {
  return { ...parts, place: [...parts.place.slice(0, from), ...parts.place.slice(to)] };
}

/**
 * The pairs that remain when one side has left something out that the other has: words for what it is, and both addresses
 * without it. What both sides have is never left out: two different streets stay different.
 */
export function withLeftOut(
  mine: AddressParts,
  theirs: AddressParts,
): readonly { words: readonly string[]; mine: AddressParts; theirs: AddressParts }[] {
  const all: { words: string[]; mine: AddressParts; theirs: AddressParts } = { words: [], mine, theirs };
  const found: (typeof all)[] = [];
  for (const { words, without } of LEFT_OUT) {
    const [a, b] = [without(all.mine), without(all.theirs)];
    if ((a === all.mine || isSame(a, all.mine)) === (b === all.theirs || isSame(b, all.theirs))) continue;
    found.push({ words: [words], mine: without(mine), theirs: without(theirs) });
    Object.assign(all, { words: [...all.words, words], mine: a, theirs: b });
  }
  return all.words.length > 1 ? [...found, all] : found;
}

function isSame(a: AddressParts, b: AddressParts): boolean {
  return a.place.length === b.place.length && a.numbers.length === b.numbers.length;
}
