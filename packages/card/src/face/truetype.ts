/** What is needed of a TrueType font to draw a line of text: outlines (`glyf`), widths (`hmtx`) and `cmap`. OpenType 1.9. */

/** A point of an outline in font units, y upwards; off-curve points steer a quadratic curve. */
export interface OutlinePoint {
  readonly x: number;
  readonly y: number;
  readonly onCurve: boolean;
}

export interface Font {
  readonly unitsPerEm: number;
  /** Highest and lowest a glyph reaches, in font units. */
  readonly ascent: number;
  readonly descent: number;
  /** Glyph of a code point; 0 (the box) when the font has none. */
  glyph(codePoint: number): number;
  advance(glyph: number): number;
  /** Closed contours. */
  outline(glyph: number): OutlinePoint[][];
}

/** Composite glyphs refer to others; a font with a circle of references must not hang the program. */
const deepestComposite = 5;

/** Opens a font that we ship with: a malformed one throws, as any defect of ours. */
export function openFont(bytes: Uint8Array): Font {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<string, number>();
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const at = 12 + index * 16;
    const tag = Buffer.from(bytes.subarray(at, at + 4)).toString('latin1');
    tables.set(tag, view.getUint32(at + 8));
  }
  const table = (tag: string) => {
    const at = tables.get(tag);
    if (at === undefined) throw new TypeError(`the font has no table ${tag}`);
    return at;
  };
  const head = table('head');
  const longOffsets = view.getInt16(head + 50) === 1;
  const loca = table('loca');
  const glyf = table('glyf');
  const hhea = table('hhea');
  const hmtx = table('hmtx');
  const metrics = view.getUint16(hhea + 34);
  const subtable = unicodeSubtable(view, table('cmap'));
  const place = (glyph: number) => {
    const offset = (index: number) =>
      longOffsets ? view.getUint32(loca + index * 4) : view.getUint16(loca + index * 2) * 2;
    return { start: glyf + offset(glyph), empty: offset(glyph) === offset(glyph + 1) };
  };

  function outline(glyph: number, depth = 0): OutlinePoint[][] {
    const { start, empty } = place(glyph);
    if (empty || depth > deepestComposite) return [];
    const contours = view.getInt16(start);
    if (contours >= 0) return simpleOutline(view, start, contours);
    const parts = compositeParts(view, start + 10);
    return parts.flatMap(({ glyph: part, dx, dy, scale }) =>
      outline(part, depth + 1).map((contour) =>
        contour.map(({ x, y, onCurve }) => ({
          x: x * scale[0] + y * scale[2] + dx,
          y: x * scale[1] + y * scale[3] + dy,
          onCurve,
        })),
      ),
    );
  }

  return {
    unitsPerEm: view.getUint16(head + 18),
    ascent: view.getInt16(hhea + 4),
    descent: view.getInt16(hhea + 6),
    glyph: (codePoint) => lookUp(view, subtable, codePoint),
    advance: (glyph) => view.getUint16(hmtx + Math.min(glyph, metrics - 1) * 4),
    outline,
  };
}

/** The Unicode table with the widest reach: format 12 before format 4. */
function unicodeSubtable(view: DataView, cmap: number): number {
  let best = 0;
  for (let index = 0; index < view.getUint16(cmap + 2); index += 1) {
    const at = cmap + view.getUint32(cmap + 4 + index * 8 + 4);
    const format = view.getUint16(at);
    if (format === 12 || (format === 4 && best === 0)) best = at;
  }
  if (best === 0) throw new TypeError('the font has no Unicode table');
  return best;
}

function lookUp(view: DataView, table: number, codePoint: number): number {
  if (view.getUint16(table) === 12) {
    for (let index = 0; index < view.getUint32(table + 12); index += 1) {
      const at = table + 16 + index * 12;
      const first = view.getUint32(at);
      if (codePoint >= first && codePoint <= view.getUint32(at + 4))
        return view.getUint32(at + 8) + codePoint - first;
    }
    return 0;
  }
  const double = view.getUint16(table + 6);
  for (let index = 0; index < double; index += 2) {
    const starts = table + 16 + double;
    const first = view.getUint16(starts + index);
    if (codePoint < first || codePoint > view.getUint16(table + 14 + index)) continue;
    const delta = view.getUint16(starts + double + index);
    const rangeAt = starts + double * 2 + index;
    const range = view.getUint16(rangeAt);
    if (range === 0) return (codePoint + delta) & 0xffff;
    const glyph = view.getUint16(rangeAt + range + (codePoint - first) * 2);
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}

/** Flags, then x, then y, each delta-coded (OpenType, chapter glyf). */
function simpleOutline(view: DataView, start: number, contours: number): OutlinePoint[][] {
  let at = start + 10;
  const ends: number[] = [];
  for (let index = 0; index < contours; index += 1) ends.push(view.getUint16(at + index * 2));
  at += contours * 2;
  at += 2 + view.getUint16(at);
  const count = (ends.at(-1) ?? -1) + 1;
  const flags: number[] = [];
  while (flags.length < count) {
    const flag = view.getUint8(at++);
    let repeat = flag & 0x08 ? view.getUint8(at++) : 0;
    for (; repeat >= 0; repeat -= 1) flags.push(flag);
  }
  const coordinates = (short: number, same: number) => {
    let value = 0;
    return flags.slice(0, count).map((flag) => {
      if (flag & short) value += flag & same ? view.getUint8(at++) : -view.getUint8(at++);
      else if (!(flag & same)) {
        value += view.getInt16(at);
        at += 2;
      }
      return value;
    });
  };
  const xs = coordinates(0x02, 0x10);
  const ys = coordinates(0x04, 0x20);
  return ends.map((end, index) => {
    const from = index === 0 ? 0 : (ends[index - 1] ?? -1) + 1;
    const points: OutlinePoint[] = [];
    for (let point = from; point <= end; point += 1)
      points.push({ x: xs[point] ?? 0, y: ys[point] ?? 0, onCurve: ((flags[point] ?? 0) & 1) === 1 });
    return points;
  });
}

interface Part {
  readonly glyph: number;
  readonly dx: number;
  readonly dy: number;
  readonly scale: readonly [number, number, number, number];
}

function compositeParts(view: DataView, start: number): Part[] {
  const parts: Part[] = [];
  for (let at = start, more = true; more; ) {
    const flags = view.getUint16(at);
    const glyph = view.getUint16(at + 2);
    const words = (flags & 0x0001) !== 0;
    const dx = words ? view.getInt16(at + 4) : view.getInt8(at + 4);
    const dy = words ? view.getInt16(at + 6) : view.getInt8(at + 5);
    at += words ? 8 : 6;
    const fraction = () => {
      at += 2;
      return view.getInt16(at - 2) / 16384;
    };
    let scale: Part['scale'] = [1, 0, 0, 1];
    if (flags & 0x0008) {
      const both = fraction();
      scale = [both, 0, 0, both];
    } else if (flags & 0x0040) scale = [fraction(), 0, 0, fraction()];
    else if (flags & 0x0080) scale = [fraction(), fraction(), fraction(), fraction()];
    parts.push({ glyph, dx, dy, scale });
    more = (flags & 0x0020) !== 0;
  }
  return parts;
}
