/** JIS X 0208 has no characters of its own in row 13 and 85–94: what decoders give there are vendors' additions. */
const isRowOf0208 = (row: number) => (row >= 1 && row <= 8) || (row >= 16 && row <= 84);

/** JIS X 0212 ends at row 77; row 83 is a vendor's addition. */
const isRowOf0212 = (row: number) => row >= 2 && row <= 77;

/** Signs for which the common tables disagree about the code point; both stand for the same position of JIS X 0208. */
const otherMappings = '\u2014\u301c\u2016\u2212\u00a2\u00a3\u00a5\u00ac';

/** By UTF-16 unit: every character of the two sets is one. */
let repertoire: Uint8Array | undefined;

function build(): Uint8Array {
  const decoder = new TextDecoder('euc-jp');
  const all = new Uint8Array(0x1_0000);
  for (let at = 0; at < otherMappings.length; at++) all[otherMappings.charCodeAt(at)] = 1;
  const add = (bytes: number[]) => {
    const text = decoder.decode(Uint8Array.from(bytes));
    if (text.length === 1 && text !== '\ufffd') all[text.charCodeAt(0)] = 1;
  };
  for (let row = 1; row <= 94; row++) {
    for (let cell = 1; cell <= 94; cell++) {
      if (isRowOf0208(row)) add([0xa0 + row, 0xa0 + cell]);
      if (isRowOf0212(row)) add([0x8f, 0xa0 + row, 0xa0 + cell]);
    }
  }
  return all;
}

/**
 * Whether a character may stand in a certificate: JIS levels 1 and 2 and the supplementary kanji, that is JIS X 0208 and JIS X 0212.
 * To be asked with the raw character: both NFC and NFKC turn compatibility ideographs into others that are inside.
 */
export function isInRepertoire(character: string): boolean {
  return character.length === 1 && allInRepertoire(character);
}

/** Whether every character of a text may stand in a certificate. */
export function allInRepertoire(text: string): boolean {
  repertoire ??= build();
  for (let at = 0; at < text.length; at++) if (repertoire[text.charCodeAt(at)] !== 1) return false;
  return true;
}
