/** Byte, line and column of an index into the text. */
export function placeOf(text: string, index: number): { offset: number; line: number; column: number } {
  const before = text.slice(0, index);
  let line = 1;
  let start = 0;
  for (let at = 0; at < before.length; at++) {
    const unit = before.charCodeAt(at);
    if (unit === 13 && before.charCodeAt(at + 1) === 10) at += 1;
    if (unit !== 10 && unit !== 13) continue;
    line += 1;
    start = at + 1;
  }
  const column = countCharacters(before, start) + 1;
  return { offset: Buffer.byteLength(before), line, column };
}

/** Characters from an index to the end; a pair of surrogates is one. */
function countCharacters(text: string, start: number): number {
  let count = 0;
  for (let at = start; at < text.length; at++) {
    if ((text.charCodeAt(at) & 0xfc00) !== 0xdc00) count += 1;
  }
  return count;
}
