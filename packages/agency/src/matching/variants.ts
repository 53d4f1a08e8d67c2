import { betweenKanjiRows, substituteRows, variantRows } from './variant-table.js';

let classes: Map<string, number> | undefined;
let substitutes: Map<string, string[]> | undefined;

/** Joins rows that share a character: 辺=邊 and 邊=邉 make one class. */
function buildClasses(): Map<string, number> {
  const of = new Map<string, number>();
  let next = 0;
  for (const [characters] of variantRows) {
    const members = Array.from(characters);
    const touched = new Set(members.map((ch) => of.get(ch)).filter((id) => id !== undefined));
    const id = next++;
    for (const ch of members) of.set(ch, id);
    if (touched.size > 0) for (const [ch, old] of of) if (touched.has(old)) of.set(ch, id);
  }
  return of;
}

/** Are these two forms of one character in our own table? */
export function isVariant(a: string, b: string): boolean {
  classes ??= buildClasses();
  const id = classes.get(a);
  return id !== undefined && id === classes.get(b);
}

/** Are these two ways to write a particle between two kanji? */
export function isVariantBetweenKanji(a: string, b: string): boolean {
  return betweenKanjiRows.some(([forms]) => forms.includes(a) && forms.includes(b));
}

/**
 * The characters that a certificate shows instead of this one, which it cannot show. Compatibility ideographs have theirs
 * in Unicode itself.
 */
export function substitutesOf(character: string): readonly string[] {
  if (substitutes === undefined) {
    substitutes = new Map();
    for (const [from, to] of substituteRows) substitutes.set(from, [...(substitutes.get(from) ?? []), ...to]);
  }
  const composed = character.normalize('NFC');
  const own = substitutes.get(character) ?? [];
  return composed === character ? own : [composed, ...own];
}
