import { attempt, fail, type Parsed } from './fault.js';
import { tags } from './tags.js';

/** Nesting that any structure of ours stays far below; more is an attack on the stack. */
export const maximumDepth = 32;

/**
 * One element, as positions in the buffer it came from: nothing is copied.
 * [start, content) is the header, [content, contentEnd) the content; `end` is behind the whole element
 * (behind the end-of-contents octets where a BER length was indefinite).
 */
export interface Tlv {
  readonly bytes: Uint8Array;
  readonly tag: number;
  readonly start: number;
  readonly content: number;
  readonly contentEnd: number;
  readonly end: number;
}

/**
 * `der`: minimal lengths, no indefinite length. `ber`: what streaming tools write in the outer layers of a CMS message
 * (indefinite and long-form lengths, constructed OCTET STRING); never for certificates, CRLs or signed attributes.
 */
export type Encoding = 'der' | 'ber';

/** Reads the element at `start`, which must end at or before `limit`. Throws DerFault. */
export function readTlv(bytes: Uint8Array, start: number, limit: number, encoding: Encoding = 'der'): Tlv {
  const tag = bytes[start];
  if (tag === undefined || start >= limit) fail('der.truncated', start);
  if ((tag & 0x1f) === 0x1f) fail('der.tag.high', start);
  if (tag === 0) fail('der.tag.zero', start);
  const first = start + 1 < limit ? bytes[start + 1] : undefined;
  if (first === undefined) fail('der.truncated', start);
  let content = start + 2;
  let length = first;
  if (first >= 0x80) {
    if (first === 0x80) {
      if (encoding === 'der') fail('der.length.indefinite', start);
      if ((tag & 0x20) === 0) fail('ber.length.indefinite.primitive', start);
      const contentEnd = endOfContents(bytes, content, limit);
      return { bytes, tag, start, content, contentEnd, end: contentEnd + 2 };
    }
    const count = first & 0x7f;
    // Four octets reach 4 GiB, more than a buffer of ours ever holds; BER may pad with zeros, but not without end.
    if (count > (encoding === 'der' ? 4 : 8)) fail('der.length.long', start);
    if (content + count > limit) fail('der.truncated', start);
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[content + i] ?? 0);
    if (encoding === 'der' && (length < 0x80 || bytes[content] === 0)) fail('der.length.minimal', start);
    content += count;
  }
  const end = content + length;
  if (end > limit) fail('der.length.beyond', start);
  return { bytes, tag, start, content, contentEnd: end, end };
}

/** Position of the end-of-contents octets that close an indefinite length opened just before `position`. */
function endOfContents(bytes: Uint8Array, position: number, limit: number): number {
  // An explicit stack of open indefinite lengths: definite elements are stepped over whole.
  let open = 1;
  let at = position;
  while (at + 2 <= limit) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) {
      open--;
      if (open === 0) return at;
      at += 2;
    } else if (bytes[at + 1] === 0x80 && ((bytes[at] ?? 0) & 0x20) !== 0) {
      open++;
      if (open > maximumDepth) fail('der.depth', at);
      at += 2;
    } else {
      at = readTlv(bytes, at, limit, 'ber').end;
    }
  }
  return fail('ber.length.indefinite.open', position);
}

/**
 * A cursor over the elements inside one element (or one buffer). Every method throws DerFault on bad input;
 * wrap the outermost call in `attempt`.
 */
export class Reader {
  readonly bytes: Uint8Array;
  readonly limit: number;
  readonly encoding: Encoding;
  readonly depth: number;
  #at: number;

  constructor(bytes: Uint8Array, at = 0, limit = bytes.length, encoding: Encoding = 'der', depth = 0) {
    if (depth > maximumDepth) fail('der.depth', at);
    this.bytes = bytes;
    this.limit = limit;
    this.encoding = encoding;
    this.depth = depth;
    this.#at = at;
  }

  get offset(): number {
    return this.#at;
  }

  get more(): boolean {
    return this.#at < this.limit;
  }

  /** The next identifier octet, or undefined at the end. */
  peek(): number | undefined {
    return this.#at < this.limit ? this.bytes[this.#at] : undefined;
  }

  /** The next element; with `tag` it must be this one, otherwise `rule` is broken. */
  next(tag?: number, rule = 'der.tag.unexpected'): Tlv {
    if (tag !== undefined && this.peek() !== tag) fail(rule, this.#at);
    const tlv = readTlv(this.bytes, this.#at, this.limit, this.encoding);
    this.#at = tlv.end;
    return tlv;
  }

  /** The next element if it carries this tag. */
  optional(tag: number): Tlv | undefined {
    return this.peek() === tag ? this.next() : undefined;
  }

  /** A cursor inside the next element, which must carry this tag. */
  enter(tag: number, rule?: string): Reader {
    return this.inside(this.next(tag, rule));
  }

  sequence(rule?: string): Reader {
    return this.enter(tags.sequence, rule);
  }

  /** A cursor inside an element this reader has given out; keeps encoding and counts depth. */
  inside(tlv: Tlv): Reader {
    if ((tlv.tag & 0x20) === 0) fail('der.primitive', tlv.start);
    return new Reader(tlv.bytes, tlv.content, tlv.contentEnd, this.encoding, this.depth + 1);
  }

  /** Nothing may be left. */
  close(rule = 'der.trailing'): void {
    if (this.more) fail(rule, this.#at);
  }
}

/** A strict cursor inside an element, whatever encoding the layer around it has. */
export function inside(tlv: Tlv): Reader {
  if ((tlv.tag & 0x20) === 0) fail('der.primitive', tlv.start);
  return new Reader(tlv.bytes, tlv.content, tlv.contentEnd);
}

/** The same memory as a Buffer, whose conversions to text are quick; itself where it is one. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The content octets, as a view. */
export function contentOf(tlv: Tlv): Uint8Array {
  return tlv.bytes.subarray(tlv.content, tlv.contentEnd);
}

/** Header and content, as a view: what is hashed, compared or handed on. */
export function bytesOf(tlv: Tlv): Uint8Array {
  return tlv.bytes.subarray(tlv.start, tlv.end);
}

/** Whether two elements are the same octets, header and content. */
export function sameBytes(a: Tlv, b: Tlv): boolean {
  const length = a.end - a.start;
  if (b.end - b.start !== length) return false;
  for (let i = 0; i < length; i++) if (a.bytes[a.start + i] !== b.bytes[b.start + i]) return false;
  return true;
}

/** The one element a buffer must consist of. Throws DerFault. */
export function wholeTlv(bytes: Uint8Array, encoding: Encoding = 'der'): Tlv {
  const tlv = readTlv(bytes, 0, bytes.length, encoding);
  if (tlv.end !== bytes.length) fail('der.trailing', tlv.end);
  return tlv;
}

/** Whether these are the octets of PEM, text instead of DER: `-` begins no structure of ours. */
export const isPem = (bytes: Uint8Array): boolean => bytes[0] === 0x2d;

/** Says `der.pem` to whoever gives a file of PEM, instead of where its first letters break DER. Throws DerFault. */
export function refusePem(bytes: Uint8Array): void {
  if (isPem(bytes)) fail('der.pem', 0);
}

/** Whether the buffer is exactly one DER element, all the way down: minimal lengths, bounded depth, nothing behind it. */
export function checkDer(bytes: Uint8Array): Parsed<Tlv> {
  return attempt(() => {
    const whole = wholeTlv(bytes);
    checkInside(whole);
    return whole;
  });
}

/** Walks everything inside an element under DER rules. Throws DerFault. */
export function checkInside(tlv: Tlv): void {
  if ((tlv.tag & 0x20) === 0) return;
  checkConstructed(tlv);
  const ends: number[] = [tlv.contentEnd];
  let at = tlv.content;
  for (;;) {
    let limit = ends.at(-1);
    while (limit !== undefined && at === limit) {
      ends.pop();
      limit = ends.at(-1);
    }
    if (limit === undefined) return;
    const child = readTlv(tlv.bytes, at, limit);
    if ((child.tag & 0x20) !== 0) {
      const universal = child.tag < 0x40;
      if (universal && child.tag !== tags.sequence && child.tag !== tags.set)
        fail('der.constructed', child.start);
      if (ends.length >= maximumDepth) fail('der.depth', child.start);
      ends.push(child.contentEnd);
      at = child.content;
    } else {
      at = child.end;
    }
  }
}

function checkConstructed({ tag, start }: Tlv): void {
  // Strings in pieces are BER; only SEQUENCE and SET have parts (X.690 10.2).
  if (tag < 0x40 && tag !== tags.sequence && tag !== tags.set) fail('der.constructed', start);
}
