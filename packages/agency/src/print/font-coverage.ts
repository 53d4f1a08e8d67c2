/** Which code points a TrueType or OpenType font can draw: its `cmap`, formats 4 and 12 (OpenType specification, chapter cmap). */
export function fontCoverage(font: Uint8Array): (codePoint: number) => boolean {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const cmap = findTable(view, 'cmap');
  const ranges: [number, number][] = [];
  for (let i = 0; i < view.getUint16(cmap + 2); i += 1) {
    const table = cmap + view.getUint32(cmap + 4 + i * 8 + 4);
    const format = view.getUint16(table);
    if (format === 4) ranges.push(...format4(view, table));
    if (format === 12) ranges.push(...format12(view, table));
  }
  ranges.sort((a, b) => a[0] - b[0]);
  return (codePoint) => {
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ranges[middle]?.[0] ?? 0) <= codePoint) low = middle + 1;
      else high = middle;
    }
    // Two tables may overlap: a range further down can still hold it.
    for (let i = low - 1; i >= 0 && i > low - 8; i -= 1) {
      const range = ranges[i];
      if (range && codePoint <= range[1]) return true;
    }
    return false;
  };
}

function findTable(view: DataView, name: string): number {
  for (let i = 0; i < view.getUint16(4); i += 1) {
    const at = 12 + i * 16;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((n) => view.getUint8(at + n)));
    if (tag === name) return view.getUint32(at + 8);
  }
  throw new TypeError(`the font has no table ${name}`);
}

function format4(view: DataView, table: number): [number, number][] {
  const count = view.getUint16(table + 6) / 2;
  const ranges: [number, number][] = [];
  for (let i = 0; i < count; i += 1) {
    const end = view.getUint16(table + 14 + i * 2);
    const start = view.getUint16(table + 16 + count * 2 + i * 2);
    if (start !== 0xffff) ranges.push([start, end]);
  }
  return ranges;
}

function format12(view: DataView, table: number): [number, number][] {
  const ranges: [number, number][] = [];
  for (let i = 0; i < view.getUint32(table + 12); i += 1) {
    const at = table + 16 + i * 12;
    ranges.push([view.getUint32(at), view.getUint32(at + 4)]);
  }
  return ranges;
}
