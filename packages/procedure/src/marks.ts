/**
 * Characters that draw nothing, turn the text around, or have no agreed shape: controls, format characters (bidi, zero width,
 * tags), fillers, private use and unassigned code points. Line feeds and variation selectors after a character (旧字体, IVS) stay.
 */
const suspicious =
  /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\u2028\u2029\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5|(?<!\S)[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/** Replaces every character that a reader could not see by a mark with its code point, as `〔U+202E〕`. */
export function markText(text: string): string {
  return text.replace(suspicious, (character) => (character === '\n' ? character : mark(character)));
}

/** True when {@link markText} would mark something. */
export function hasInvisible(text: string): boolean {
  return markText(text) !== text;
}

function mark(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `〔U+${code.toString(16).toUpperCase().padStart(4, '0')}〕`;
}
