/** BER-TLV as the card's templates use it: tags of one or two bytes, definite lengths up to 65535. */

/** The length octets: one byte below 128, else the forms 81 and 82. */
function berLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  if (length < 0x100) return Uint8Array.of(0x81, length);
  return Uint8Array.of(0x82, length >> 8, length & 0xff);
}

/** One element. `tag`: one byte below 0x100, else two. */
export function tlv(tag: number, ...values: readonly Uint8Array[]): Uint8Array {
  const value = Buffer.concat(values);
  const head = tag < 0x100 ? Uint8Array.of(tag) : Uint8Array.of(tag >> 8, tag & 0xff);
  return Buffer.concat([head, berLength(value.length), value]);
}

/** `{DFx1 offsets, items…}` in a template: the offsets are 16-bit, counted from the start of the file. */
export function templateWithOffsets(
  tag: number,
  offsetsTag: number,
  items: readonly Uint8Array[],
): Uint8Array {
  const table = 2 + 1 + items.length * 2;
  const inside = table + items.reduce((sum, item) => sum + item.length, 0);
  let at = 2 + berLength(inside).length + table;
  const offsets = Buffer.alloc(items.length * 2);
  for (const [index, item] of items.entries()) {
    offsets.writeUInt16BE(at, index * 2);
    at += item.length;
  }
  return tlv(tag, tlv(offsetsTag, offsets), ...items);
}

/** An element found in a file: where its value starts and ends. */
export interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The element at `at`, or `undefined` when there is none: filler (00, FF FF), a length that is not definite, or one that
 * runs past `limit`.
 */
export function readElement(bytes: Uint8Array, at: number, limit: number): Element | undefined {
  const first = bytes[at];
  if (first === undefined || at >= limit || first === 0x00) return undefined;
  const two = (first & 0x1f) === 0x1f;
  const second = bytes[at + 1] ?? 0x80;
  // Three-byte tags do not occur on the card; FF FF is filler.
  if (two && second & 0x80) return undefined;
  const tag = two ? (first << 8) | second : first;
  let start = at + (two ? 2 : 1);
  const length = bytes[start];
  if (length === undefined || length === 0x80 || length > 0x82) return undefined;
  start += 1;
  let size = length;
  if (length > 0x80) {
    size = 0;
    for (let index = 0; index < length - 0x80; index += 1) size = size * 256 + (bytes[start + index] ?? 0);
    start += length - 0x80;
  }
  return start + size > limit ? undefined : { tag, start, end: start + size };
}

/** The elements inside `[start, end)`, up to the first byte that starts none. */
export function readElements(bytes: Uint8Array, start: number, end: number): Element[] {
  const found: Element[] = [];
  for (let at = start; at < end; ) {
    const element = readElement(bytes, at, end);
    if (element === undefined) return found;
    found.push(element);
    at = element.end;
  }
  return found;
}
