import type { VariantRow } from './variant-file.js';

/** Which characters are forms of one another, and why. */
export interface Variants {
  /** What it was made of. */
  readonly rows: readonly VariantRow[];
  /** The row that makes these two forms of one character; through one common third form at most. */
  rowOf(a: string, b: string): VariantRow | undefined;
  /** The same for what is written one way or another between two kanji (ヶ, ノ, ッ). */
  rowBetweenKanji(a: string, b: string): VariantRow | undefined;
  /** What a certificate shows instead of this character, which it cannot show. Compatibility ideographs have theirs in Unicode. */
  substitutesOf(character: string): readonly string[];
}

/**
 * Makes a look-up of rows. Forms are not joined without end: A and C are variants through B, but not D through B and C; so no row
 * that somebody adds can melt two families of characters into one.
 */
export function variantsOf(rows: readonly VariantRow[]): Variants {
  const near = new Map<string, Map<string, VariantRow>>();
  const betweenKanji: VariantRow[] = [];
  const substitutes = new Map<string, string[]>();
  for (const row of rows) {
    if (row.kind === 'between-kanji') {
      betweenKanji.push(row);
      continue;
    }
    if (row.kind === 'substitute') {
      const [from = '', ...to] = row.forms;
      substitutes.set(from, [...(substitutes.get(from) ?? []), ...to]);
    }
    for (const a of row.forms) {
      for (const b of row.forms) {
        if (a === b) continue;
        const of = near.get(a) ?? new Map<string, VariantRow>();
        near.set(a, of);
        if (!of.has(b)) of.set(b, row);
      }
    }
  }
  return {
    rows,
    rowOf(a, b) {
      const [x, y] = [a.normalize('NFC'), b.normalize('NFC')];
      const direct = near.get(x)?.get(y);
      if (direct !== undefined) return direct;
      for (const [third, row] of near.get(x) ?? []) if (near.get(third)?.has(y)) return row;
      return undefined;
    },
    rowBetweenKanji: (a, b) => betweenKanji.find(({ forms }) => forms.includes(a) && forms.includes(b)),
    substitutesOf(character) {
      const composed = character.normalize('NFC');
      const own = substitutes.get(character) ?? [];
      return composed === character ? own : [composed, ...own];
    },
  };
}
