import type { Glyph } from './glyphs.js';
import { isVariant, isVariantBetweenKanji, substitutesOf } from './variants.js';

/** How two runs of glyphs relate; the worst position decides. */
export interface Comparison {
  readonly kind: 'same' | 'substitution' | 'variant' | 'different';
  /** What is not the same: certificate's character, typed character. Empty strings where one side has no character. */
  readonly differences: readonly {
    readonly at: number;
    readonly certificate: string;
    readonly typed: string;
  }[];
}

const ORDER = ['same', 'substitution', 'variant', 'different'] as const;

/** Compares position by position. Lengths that differ are `different`. */
export function compareGlyphs(certificate: readonly Glyph[], typed: readonly Glyph[]): Comparison {
  let worst = 0;
  const differences: { at: number; certificate: string; typed: string }[] = [];
  for (let at = 0; at < Math.max(certificate.length, typed.length); at++) {
    const [mine, theirs] = [certificate[at], typed[at]];
    const kind =
      mine && theirs
        ? comparePosition(mine, theirs, certificate[at - 1], certificate[at + 1], typed[at - 1])
        : 'different';
    if (kind !== 'same') differences.push({ at, certificate: mine?.raw ?? '', typed: theirs?.raw ?? '' });
    worst = Math.max(worst, ORDER.indexOf(kind));
  }
  return { kind: ORDER[worst] ?? 'different', differences };
}

function comparePosition(
  mine: Glyph,
  theirs: Glyph,
  before: Glyph | undefined,
  after: Glyph | undefined,
  theirsBefore: Glyph | undefined,
): Comparison['kind'] {
  if (theirs.outside) {
    // A registered character that the certificate could show would have been shown.
    if (mine.substituted === false) return mine.ch === theirs.ch ? 'same' : 'different';
    if (substitutesOf(theirs.ch).includes(mine.ch)) {
      if (mine.substituted) return 'substitution';
      return theirs.ch.normalize('NFC') === mine.ch ? 'same' : 'variant';
    }
    return isVariant(mine.ch, theirs.ch) ? 'variant' : mine.ch === theirs.ch ? 'same' : 'different';
  }
  if (mine.ch === theirs.ch || mine.ch.normalize('NFC') === theirs.ch.normalize('NFC')) return 'same';
  if (isVariant(mine.ch, theirs.ch)) return 'variant';
  if (isKanji(before) && isKanji(after) && isVariantBetweenKanji(mine.ch, theirs.ch)) return 'variant';
  // 佐々木 and 佐佐木: the mark stands for the character before it.
  if (mine.ch === '々' && before?.ch === theirs.ch) return 'variant';
  if (theirs.ch === '々' && theirsBefore?.ch === mine.ch) return 'variant';
  return 'different';
}

function isKanji(glyph: Glyph | undefined): boolean {
  return glyph !== undefined && /^\p{Script=Han}$/u.test(glyph.ch);
}
