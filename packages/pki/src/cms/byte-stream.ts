import { fail } from '../der/fault.js';
import { maximumDepth } from '../der/read.js';

/** Identifier and length of an element that begins in a stream; `length` is absent where it is indefinite. */
export interface StreamHead {
  readonly tag: number;
  readonly length: number | undefined;
  /** The octets of the head itself. */
  readonly octets: readonly number[];
}

/** Octets that arrive in chunks, read once from front to back. All methods reject with DerFault where the stream ends too soon. */
export class ByteStream {
  readonly #source: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();
  #at = 0;
  /** Octets read so far. */
  position = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Whether another octet is there. */
  async more(): Promise<boolean> {
    while (this.#at === this.#chunk.length) {
      const next = await this.#source.next();
      if (next.done === true) return false;
      this.#chunk = next.value;
      this.#at = 0;
    }
    return true;
  }

  async byte(): Promise<number> {
    if (this.#at === this.#chunk.length && !(await this.more())) fail('der.truncated', this.position);
    this.position++;
    return this.#chunk[this.#at++] ?? 0;
  }

  /** What is at hand, at most `most` octets, as a view that holds until the next call. */
  async piece(most: number): Promise<Uint8Array> {
    if (this.#at === this.#chunk.length && !(await this.more())) fail('der.truncated', this.position);
    const piece = this.#chunk.subarray(this.#at, this.#at + most);
    this.#at += piece.length;
    this.position += piece.length;
    return piece;
  }

  /** The next octet without taking it. */
  async peek(): Promise<number> {
    if (!(await this.more())) fail('der.truncated', this.position);
    return this.#chunk[this.#at] ?? 0;
  }

  /** The head of the next element (BER lengths). */
  async head(): Promise<StreamHead> {
    const start = this.position;
    const tag = await this.byte();
    if ((tag & 0x1f) === 0x1f) fail('der.tag.high', start);
    const first = await this.byte();
    const octets = [tag, first];
    if (first < 0x80) return { tag, length: first, octets };
    if (first === 0x80) {
      if ((tag & 0x20) === 0) fail('ber.length.indefinite.primitive', start);
      return { tag, length: undefined, octets };
    }
    if (first > 0x88) fail('der.length.long', start);
    let length = 0;
    for (let count = first & 0x7f; count > 0; count--) {
      const octet = await this.byte();
      octets.push(octet);
      length = length * 256 + octet;
    }
    if (length > Number.MAX_SAFE_INTEGER) fail('der.length.long', start);
    return { tag, length, octets };
  }

  /** A whole element as it stands, appended to `into`; `budget` octets are left for all such elements of the message. */
  async copy(into: Uint8Array[], budget: { octets: number }, depth = 0): Promise<void> {
    const start = this.position;
    if (depth > maximumDepth) fail('der.depth', start);
    const { tag, length, octets } = await this.head();
    if (tag === 0) fail('der.tag.zero', start);
    into.push(Uint8Array.from(octets));
    budget.octets -= octets.length + (length ?? 0);
    if (budget.octets < 0) fail('cms.stream.size', start);
    if (length !== undefined) {
      for (let left = length; left > 0; ) {
        const piece = await this.piece(left);
        into.push(Uint8Array.from(piece));
        left -= piece.length;
      }
      return;
    }
    while ((await this.peek()) !== 0) await this.copy(into, budget, depth + 1);
    await this.endOfContents();
    into.push(Uint8Array.of(0, 0));
  }

  async endOfContents(): Promise<void> {
    const start = this.position;
    if ((await this.byte()) !== 0 || (await this.byte()) !== 0) fail('ber.length.indefinite.open', start);
  }
}
