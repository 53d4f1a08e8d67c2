import { contextTag, tags } from './tags.js';

/** Identifier and minimal length octets for a content of `length` octets. */
export function header(tag: number, length: number): Uint8Array {
  const octets = new Uint8Array(headerLength(length));
  writeHeader(octets, tag, length);
  return octets;
}

/** How many octets identifier and length take. */
function headerLength(length: number): number {
  if (length < 0x80) return 2;
  let octets = 2;
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets++;
  return octets;
}

/** Writes them at the beginning of an element; returns where its content begins. */
function writeHeader(into: Uint8Array, tag: number, length: number): number {
  const size = headerLength(length);
  into[0] = tag;
  if (size === 2) into[1] = length;
  else {
    into[1] = 0x80 | (size - 2);
    for (let at = size - 1, rest = length; at > 1; at--, rest = Math.floor(rest / 256)) into[at] = rest % 256;
  }
  return size;
}

export function primitive(tag: number, content: Uint8Array): Uint8Array {
  return constructed(tag, [content]);
}

/** An element from parts that are already DER (undefined parts are left out: OPTIONAL). */
export function constructed(tag: number, parts: readonly (Uint8Array | undefined)[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part?.length ?? 0;
  const element = Buffer.allocUnsafe(headerLength(length) + length);
  let at = writeHeader(element, tag, length);
  for (const part of parts) {
    if (part === undefined) continue;
    element.set(part, at);
    at += part.length;
  }
  return element;
}

export function sequence(...parts: (Uint8Array | undefined)[]): Uint8Array {
  return constructed(tags.sequence, parts);
}

/** SET OF, its elements in ascending order of their encodings (X.690 11.6). */
export function setOf(...parts: Uint8Array[]): Uint8Array {
  return constructed(tags.set, sorted(parts));
}

/** The order of a DER SET OF. */
export function sorted(parts: readonly Uint8Array[]): Uint8Array[] {
  return [...parts].sort((a, b) => Buffer.compare(a, b));
}

/** [n] EXPLICIT. */
export function explicit(n: number, ...parts: (Uint8Array | undefined)[]): Uint8Array {
  return constructed(contextTag(n, true), parts);
}

/** [n] IMPLICIT: the same element under another tag; it stays primitive or constructed as it was. */
export function implicit(n: number, element: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(element);
  copy[0] = contextTag(n, ((element[0] ?? 0) & 0x20) !== 0);
  return copy;
}

/** INTEGER. A number or bigint by value; octets are two's complement content and are cut to the minimum. */
export function integer(value: number | bigint | Uint8Array): Uint8Array {
  return primitive(
    tags.integer,
    minimal(value instanceof Uint8Array ? value : contentOfInteger(BigInt(value))),
  );
}

/** INTEGER from an unsigned big-endian magnitude (a modulus, a random serial). */
export function unsignedInteger(magnitude: Uint8Array): Uint8Array {
  return primitive(tags.integer, minimal(Buffer.concat([Uint8Array.of(0), magnitude])));
}

export function enumerated(value: number): Uint8Array {
  return primitive(tags.enumerated, contentOfInteger(BigInt(value)));
}

function contentOfInteger(value: bigint): Uint8Array {
  let length = 1;
  while (BigInt.asIntN(8 * length, value) !== value) length++;
  const hex = BigInt.asUintN(8 * length, value)
    .toString(16)
    .padStart(2 * length, '0');
  return Buffer.from(hex, 'hex');
}

function minimal(content: Uint8Array): Uint8Array {
  let start = 0;
  while (start < content.length - 1) {
    const first = content[start];
    const negative = (content[start + 1] ?? 0) >= 0x80;
    if (!((first === 0 && !negative) || (first === 0xff && negative))) break;
    start++;
  }
  return content.length === 0 ? Uint8Array.of(0) : content.subarray(start);
}

export function boolean(value: boolean): Uint8Array {
  return Uint8Array.of(tags.boolean, 1, value ? 0xff : 0);
}

export function nullValue(): Uint8Array {
  return Uint8Array.of(tags.null, 0);
}

const knownOids = new Map<string, Uint8Array>();

/**
 * OBJECT IDENTIFIER from its dotted form. Throws RangeError on what is no OID: the caller's mistake, never input. The same few are
 * written over and over: their bytes are kept, and must not be changed.
 */
export function oid(dotted: string): Uint8Array {
  const known = knownOids.get(dotted);
  if (known !== undefined) return known;
  const made = writeOid(dotted);
  if (knownOids.size < 1000) knownOids.set(dotted, made);
  return made;
}

function writeOid(dotted: string): Uint8Array {
  const arcs = dotted.split('.').map((arc) => {
    if (!/^(0|[1-9]\d{0,38})$/.test(arc)) throw new RangeError(`not an object identifier: ${dotted}`);
    return BigInt(arc);
  });
  const [top, second, ...rest] = arcs;
  if (top === undefined || second === undefined || top > 2n || (top < 2n && second >= 40n)) {
    throw new RangeError(`not an object identifier: ${dotted}`);
  }
  const octets = [top * 40n + second, ...rest].flatMap((arc) => {
    const digits = [Number(arc & 127n)];
    for (let left = arc >> 7n; left > 0n; left >>= 7n) digits.unshift(Number(left & 127n) | 0x80);
    return digits;
  });
  return primitive(tags.oid, Uint8Array.from(octets));
}

export function octetString(content: Uint8Array): Uint8Array {
  return primitive(tags.octetString, content);
}

/** BIT STRING of whole octets. */
export function bitString(octets: Uint8Array): Uint8Array {
  return constructed(tags.bitString, [Uint8Array.of(0), octets]);
}

/** BIT STRING of named bits, trailing zero bits cut (X.690 11.2.2). */
export function namedBits(bits: Iterable<number>): Uint8Array {
  const octets: number[] = [];
  let highest = -1;
  for (const bit of bits) {
    const index = bit >> 3;
    while (octets.length <= index) octets.push(0);
    octets[index] = (octets[index] ?? 0) | (0x80 >> (bit & 7));
    highest = Math.max(highest, bit);
  }
  return primitive(tags.bitString, Uint8Array.of(highest < 0 ? 0 : 7 - (highest & 7), ...octets));
}

export function utf8String(text: string): Uint8Array {
  return primitive(tags.utf8String, Buffer.from(text, 'utf8'));
}

export function printableString(text: string): Uint8Array {
  if (!/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)) throw new RangeError('not a PrintableString');
  return primitive(tags.printableString, Buffer.from(text, 'latin1'));
}

export function ia5String(text: string): Uint8Array {
  if (/[\u0080-\uffff]/.test(text)) throw new RangeError('not an IA5String');
  return primitive(tags.ia5String, Buffer.from(text, 'latin1'));
}
