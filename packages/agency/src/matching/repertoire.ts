// What a certificate can hold: JIS X 0208 and JIS X 0212, read out of the WHATWG euc-jp table that Node carries.
// The row filters matter: rows 13 and 89–92 (and row 83 of the second plane) are vendor characters such as 髙 and 﨑.

let repertoire: ReadonlySet<string> | undefined;

function decodeAll(): ReadonlySet<string> {
  const decoder = new TextDecoder('euc-jp');
  const set = new Set<string>();
  const add = (bytes: number[]) => {
    const text = decoder.decode(Uint8Array.from(bytes));
    if (text.length === 1 && text !== '\uFFFD') set.add(text);
  };
  for (let row = 1; row <= 84; row++) {
    for (let cell = 1; cell <= 94; cell++) {
      if (row <= 8 || row >= 16) add([0xa0 + row, 0xa0 + cell]);
      if (row <= 77) add([0x8f, 0xa0 + row, 0xa0 + cell]);
    }
  }
  return set;
}

/** Code points that other tables give to a position of ours (JIS X 0208 row 1 and 2-44). */
const SAME_POSITION: Readonly<Record<string, string>> = {
  '\u2014': '\u2015',
  '\\': '\uFF3C',
  '\u301C': '\uFF5E',
  '\u2016': '\u2225',
  '\u2212': '\uFF0D',
  '\u00A5': '\uFFE5',
  '\u00A2': '\uFFE0',
  '\u00A3': '\uFFE1',
  '\u00AC': '\uFFE2',
};

/**
 * Can a certificate show this character (one code point, already full width)? Ask before any Unicode normalisation: NFC
 * turns compatibility ideographs into characters that are inside, and the substitution would be forgotten.
 */
export function isInRepertoire(character: string): boolean {
  repertoire ??= decodeAll();
  return repertoire.has(SAME_POSITION[character] ?? character);
}

/** For tests and figures: 6 879 characters of JIS X 0208 and those of 6 067 of JIS X 0212 that are not also there. */
export function repertoireSize(): number {
  repertoire ??= decodeAll();
  return repertoire.size;
}
