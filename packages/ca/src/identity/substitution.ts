import { allInRepertoire, isInRepertoire } from './repertoire.js';

/**
 * Substitute characters (代替文字), our own short table: the official one is not public. Each row is a form that the resident record
 * knows and the usual form of the same character. Canonical decompositions (神 U+FA19 → 神) need no row.
 */
const substitutes: ReadonlyMap<string, string> = new Map([
  ['髙', '高'],
  ['﨑', '崎'],
  ['𠮷', '吉'],
  ['德', '徳'],
  ['黑', '黒'],
  ['栁', '柳'],
  ['㐂', '喜'],
  ['𠮟', '叱'],
  ['靑', '青'],
  ['淸', '清'],
  ['增', '増'],
  ['閒', '間'],
  ['𣘺', '橋'],
  ['𣳾', '泰'],
  ['𥱋', '簗'],
  ['𤭖', '甕'],
  ['𧦅', '議'],
  ['①', '１'],
  ['②', '２'],
  ['③', '３'],
]);

/** Geta mark: what Japanese type sets where a character is missing. It is in the repertoire, and its flag says that it is no name. */
const geta = '〓';

const variationSelector = /^[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]$/u;

/** The certificate's form of a text, with one flag a character: `0` as registered, `1` substituted. */
export interface Substituted {
  readonly text: string;
  readonly flags: string;
}

/**
 * Writes a text in the repertoire of certificates. Half-width letters, digits and kana become full-width first (the register writes
 * them so); that is no substitution. A character with a variation selector is a form of its own: it is written without, and flagged.
 */
export function substitute(raw: string): Substituted {
  let text = '';
  let flags = '';
  const wide = widen(raw);
  if (allInRepertoire(wide)) return { text: wide, flags: '0'.repeat(wide.length) };
  for (const character of wide) {
    if (variationSelector.test(character)) {
      if (flags !== '') flags = `${flags.slice(0, -1)}1`;
      continue;
    }
    const inside = isInRepertoire(character);
    text += inside ? character : substituteFor(character);
    flags += inside ? '0' : '1';
  }
  return { text, flags };
}

function substituteFor(character: string): string {
  const listed = substitutes.get(character);
  if (listed !== undefined) return listed;
  const decomposed = character.normalize('NFC');
  return isInRepertoire(decomposed) ? decomposed : geta;
}

/** What `widen` changes or may join. */
const narrow = /[ -~\uff61-\uff9f\u3099\u309a]/;

/** ASCII and half-width kana as the register writes them. Kana with a combining mark become one character; kanji are left alone. */
function widen(raw: string): string {
  if (!narrow.test(raw)) return raw;
  return raw
    .replace(/[\uff61-\uff9f]+/g, (kana) => kana.normalize('NFKC'))
    .replace(/[\u3040-\u30ff][\u3099\u309a]/g, (kana) => kana.normalize('NFC'))
    .replace(/[!-~]/g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0))
    .replace(/ /g, '\u3000');
}
