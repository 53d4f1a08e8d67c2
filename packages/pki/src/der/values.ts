import { fail } from './fault.js';
import { asBuffer, contentOf, type Reader, type Tlv } from './read.js';
import { tags } from './tags.js';

/** BOOLEAN: 00 or FF and nothing else (X.690 11.1). */
export function readBoolean(tlv: Tlv): boolean {
  const value = tlv.bytes[tlv.content];
  if (tlv.contentEnd - tlv.content !== 1 || (value !== 0 && value !== 0xff)) fail('der.boolean', tlv.start);
  return value === 0xff;
}

/** INTEGER or ENUMERATED: the content octets (two's complement, big-endian), minimal and not empty (X.690 8.3.2). */
export function readInteger(tlv: Tlv): Uint8Array {
  const content = contentOf(tlv);
  const first = content[0];
  if (first === undefined) fail('der.integer.empty', tlv.start);
  const second = content[1];
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    fail('der.integer.minimal', tlv.start);
  }
  return content;
}

/** A small INTEGER or ENUMERATED, within ±2^47. */
export function readSmallInteger(tlv: Tlv): number {
  const content = readInteger(tlv);
  if (content.length > 6) fail('der.integer.large', tlv.start);
  let value = (content[0] ?? 0) >= 0x80 ? -1 : 0;
  for (const octet of content) value = value * 256 + octet;
  return value;
}

/** An INTEGER of any sign; at most `maximum` octets. */
export function readBigInteger(tlv: Tlv, maximum = 32): bigint {
  const content = readInteger(tlv);
  if (content.length > maximum) fail('der.integer.large', tlv.start);
  const unsigned = BigInt(`0x${Buffer.from(content).toString('hex')}`);
  return (content[0] ?? 0) >= 0x80 ? unsigned - (1n << BigInt(8 * content.length)) : unsigned;
}

export function readNull(tlv: Tlv): void {
  if (tlv.content !== tlv.contentEnd) fail('der.null', tlv.start);
}

/** Identifiers met before, by a hash of their octets: certificates and messages say the same few dozen again and again. */
const knownOids: ({ octets: Uint8Array; text: string } | undefined)[] = new Array(1024).fill(undefined);

/** OBJECT IDENTIFIER in dots. At most 64 octets; arcs of any size within them, without padding (X.690 8.19.2). */
export function readOid(tlv: Tlv): string {
  const { bytes, content, contentEnd, start } = tlv;
  const length = contentEnd - content;
  if (length === 0 || length > 64) fail('der.oid.length', start);
  let hash = length;
  for (let i = content; i < contentEnd; i++) hash = Math.imul(hash, 31) + (bytes[i] ?? 0);
  const slot = (hash ^ (hash >>> 10)) & 1023;
  const known = knownOids[slot];
  if (known !== undefined && known.octets.length === length && sameOctets(known.octets, bytes, content))
    return known.text;
  const text = decodeOid(tlv);
  knownOids[slot] = { octets: Uint8Array.from(contentOf(tlv)), text };
  return text;
}

function sameOctets(octets: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < octets.length; i++) if (octets[i] !== bytes[at + i]) return false;
  return true;
}

function decodeOid({ bytes, content, contentEnd, start }: Tlv): string {
  if ((bytes[contentEnd - 1] ?? 0) >= 0x80) fail('der.oid.truncated', start);
  let text = '';
  let arc = 0;
  let large: bigint | undefined;
  let fresh = true;
  for (let i = content; i < contentEnd; i++) {
    const octet = bytes[i] ?? 0;
    if (fresh && octet === 0x80) fail('der.oid.padding', start);
    fresh = false;
    if (large !== undefined) large = large * 128n + BigInt(octet & 0x7f);
    else if (arc > 2 ** 45) large = BigInt(arc) * 128n + BigInt(octet & 0x7f);
    else arc = arc * 128 + (octet & 0x7f);
    if (octet >= 0x80) continue;
    if (text === '') {
      const top = large !== undefined || arc >= 80 ? 2 : arc >= 40 ? 1 : 0;
      text = `${top}.${large === undefined ? arc - 40 * top : large - BigInt(40 * top)}`;
    } else {
      text += `.${large ?? arc}`;
    }
    arc = 0;
    large = undefined;
    fresh = true;
  }
  return text;
}

/** BIT STRING: its octets and the number of unused bits, which must be zero bits (X.690 11.2.1). */
export function readBitString(tlv: Tlv): { octets: Uint8Array; unused: number } {
  const unused = tlv.bytes[tlv.content];
  const octets = tlv.bytes.subarray(tlv.content + 1, tlv.contentEnd);
  if (tlv.content === tlv.contentEnd || unused === undefined || unused > 7)
    fail('der.bits.unused', tlv.start);
  const last = octets.at(-1);
  if (last === undefined ? unused !== 0 : (last & ((1 << unused) - 1)) !== 0)
    fail('der.bits.unused', tlv.start);
  return { octets, unused };
}

/** BIT STRING that holds whole octets: a signature or a key. */
export function readBitOctets(tlv: Tlv): Uint8Array {
  const { octets, unused } = readBitString(tlv);
  if (unused !== 0) fail('der.bits.octets', tlv.start);
  return octets;
}

/** Named bits (key usage, reasons): the numbers of the bits that are set; trailing zero bits must be cut (X.690 11.2.2). */
export function readNamedBits(tlv: Tlv): Set<number> {
  const { octets, unused } = readBitString(tlv);
  const last = octets.at(-1);
  if (last !== undefined && ((last >> unused) & 1) === 0) fail('der.bits.trailing', tlv.start);
  const bits = new Set<number>();
  if (octets.length > 8) fail('der.bits.length', tlv.start);
  octets.forEach((octet, index) => {
    for (let bit = 0; bit < 8; bit++) if ((octet & (0x80 >> bit)) !== 0) bits.add(8 * index + bit);
  });
  return bits;
}

/**
 * OCTET STRING of an outer CMS layer: one piece, or under BER the pieces of a constructed string, in order.
 * Pieces are views; their sum is bounded by the buffer itself. `tag` is the primitive identifier octet expected
 * (an implicit [0] has 0x80).
 */
export function readOctetPieces(reader: Reader, tlv: Tlv, tag: number = tags.octetString): Uint8Array[] {
  if (tlv.tag === tag) return [contentOf(tlv)];
  if (reader.encoding !== 'ber' || tlv.tag !== (tag | 0x20)) fail('der.octets', tlv.start);
  const pieces: Uint8Array[] = [];
  const stack: Reader[] = [reader.inside(tlv)];
  for (;;) {
    const top = stack.at(-1);
    if (top === undefined) return pieces;
    if (!top.more) {
      stack.pop();
      continue;
    }
    const piece = top.next();
    if (piece.tag === tags.octetString) pieces.push(contentOf(piece));
    else if (piece.tag === (tags.octetString | 0x20)) stack.push(top.inside(piece));
    else fail('der.octets', piece.start);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Any character string of X.509, decoded by its tag; undefined where the tag is no string of ours. */
export function readString(tlv: Tlv): string | undefined {
  switch (tlv.tag) {
    case tags.utf8String:
      return decodeUtf8(tlv);
    case tags.numericString:
    case tags.printableString:
    case tags.ia5String:
    case tags.visibleString:
      return readIa5(tlv);
    case tags.t61String:
      // T.61 proper is never found in certificates; the tools that wrote this tag meant Latin-1.
      return asBuffer(tlv.bytes).toString('latin1', tlv.content, tlv.contentEnd);
    case tags.bmpString: {
      const content = Buffer.from(contentOf(tlv));
      if (content.length % 2 !== 0) fail('der.string.bmp', tlv.start);
      return wellFormed(content.swap16().toString('utf16le'), tlv.start);
    }
    case tags.universalString:
      return universal(asBuffer(contentOf(tlv)), tlv.start);
    default:
      return undefined;
  }
}

/** IA5String content, also under an implicit tag. */
export function readIa5(tlv: Tlv): string {
  if (!isAscii(tlv)) fail('der.string.ascii', tlv.start);
  return asBuffer(tlv.bytes).toString('latin1', tlv.content, tlv.contentEnd);
}

function isAscii({ bytes, content, contentEnd }: Tlv): boolean {
  for (let i = content; i < contentEnd; i++) if ((bytes[i] ?? 0) >= 0x80) return false;
  return true;
}

function decodeUtf8(tlv: Tlv): string {
  const { bytes, content, contentEnd, start } = tlv;
  const buffer = asBuffer(bytes);
  if (isAscii(tlv)) return buffer.toString('latin1', content, contentEnd);
  const text = buffer.toString('utf8', content, contentEnd);
  // The quick decoder writes U+FFFD for what is not UTF-8; only then it matters whether one stood there.
  if (!text.includes('\ufffd')) return text;
  try {
    return utf8.decode(contentOf(tlv));
  } catch {
    return fail('der.string.utf8', start);
  }
}

function wellFormed(text: string, offset: number): string {
  if (/\p{Surrogate}/u.test(text)) fail('der.string.bmp', offset);
  return text;
}

function universal(buffer: Buffer, offset: number): string {
  if (buffer.length % 4 !== 0) fail('der.string.universal', offset);
  let text = '';
  for (let i = 0; i < buffer.length; i += 4) {
    const point = buffer.readUInt32BE(i);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) fail('der.string.universal', offset);
    text += String.fromCodePoint(point);
  }
  return text;
}
