import type { Glyph } from './glyphs.js';
import type { VariantRow } from './variant-file.js';
import type { Variants } from './variants.js';

type DifferenceKind = 'substitution' | 'variant' | 'different';

/** One position that is not the same. Empty strings where one side has no character. */
export interface Difference {
  /** From 0, spaces not counted. */
  readonly at: number;
  readonly kind: DifferenceKind;
  readonly certificate: string;
  readonly typed: string;
  /** The row of the table that made it a variant. */
  readonly row?: VariantRow;
  /** A form that no certificate can show was typed, and the certificate says that nothing was substituted here. */
  readonly unflagged?: true;
}

/** How two runs of glyphs relate; the worst position decides. */
export interface Comparison {
  readonly kind: 'same' | DifferenceKind;
  readonly differences: readonly Difference[];
}

const ORDER = ['same', 'substitution', 'variant', 'different'] as const;

type Found = { readonly kind: Comparison['kind'] } & Pick<Difference, 'row' | 'unflagged'>;

/** Compares position by position. Lengths that differ are `different`. */
export function compareGlyphs(
  certificate: readonly Glyph[],
  typed: readonly Glyph[],
  variants: Variants,
): Comparison {
  let worst = 0;
  const differences: Difference[] = [];
  for (let at = 0; at < Math.max(certificate.length, typed.length); at++) {
    const { kind, ...why } = comparePosition(certificate, typed, at, variants);
    if (kind !== 'same') {
      differences.push({
        at,
        kind,
        certificate: certificate[at]?.raw ?? '',
        typed: typed[at]?.raw ?? '',
        ...why,
      });
    }
    worst = Math.max(worst, ORDER.indexOf(kind));
  }
  return { kind: ORDER[worst] ?? 'different', differences };
}

function comparePosition(
  certificate: readonly Glyph[],
  typed: readonly Glyph[],
  at: number,
  variants: Variants,
): Found {
  const [mine, theirs] = [certificate[at], typed[at]];
  if (mine === undefined || theirs === undefined) return { kind: 'different' };
  if (theirs.outside) return compareOutside(mine, theirs, variants);
  if (mine.ch === theirs.ch || mine.ch.normalize('NFC') === theirs.ch.normalize('NFC'))
    return { kind: 'same' };
  const row = variants.rowOf(mine.ch, theirs.ch);
  if (row) return { kind: 'variant', row };
  const [before, after] = [certificate[at - 1], certificate[at + 1]];
  if (isKanji(before) && isKanji(after)) {
    const between = variants.rowBetweenKanji(mine.ch, theirs.ch);
    if (between) return { kind: 'variant', row: between };
  }
  // 佐々木 and 佐佐木: the mark stands for the character before it.
  if (mine.ch === '々' && before?.ch === theirs.ch && isKanji(before)) return { kind: 'variant' };
  if (theirs.ch === '々' && typed[at - 1]?.ch === mine.ch && isKanji(mine)) return { kind: 'variant' };
  return { kind: 'different' };
}

/** The typed character can stand in no certificate: only a substitute can be there. */
function compareOutside(mine: Glyph, theirs: Glyph, variants: Variants): Found {
  const isForm = variants.rowOf(mine.ch, theirs.ch) ?? variants.substitutesOf(theirs.ch).includes(mine.ch);
  // Had the register this form, a substitute would stand here and be flagged.
  if (mine.substituted === false) {
    if (mine.ch === theirs.ch) return { kind: 'same' };
    return { kind: 'different', ...(isForm ? { unflagged: true } : {}) };
  }
  const row = variants.rowOf(mine.ch, theirs.ch);
  if (variants.substitutesOf(theirs.ch).includes(mine.ch)) {
    if (mine.substituted) return { kind: 'substitution' };
    if (theirs.ch.normalize('NFC') === mine.ch) return { kind: 'same' };
    return { kind: 'variant', ...(row ? { row } : {}) };
  }
  if (mine.ch === theirs.ch) return { kind: 'same' };
  return row ? { kind: 'variant', row } : { kind: 'different' };
}

function isKanji(glyph: Glyph | undefined): boolean {
  return glyph !== undefined && /^\p{Script=Han}$/u.test(glyph.ch);
}
