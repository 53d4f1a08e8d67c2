import type { CodedBlock } from './code-block.js';

/** Bits of a packet header: after a byte FF a zero bit is stuffed (ISO/IEC 15444-1, B.10.1). */
class BitWriter {
  readonly #bytes: number[] = [];
  #byte = 0;
  #free = 8;

  put(value: number, bits: number): void {
    for (let bit = bits - 1; bit >= 0; bit -= 1) {
      this.#free -= 1;
      this.#byte |= ((value >> bit) & 1) << this.#free;
      if (this.#free === 0) this.#next();
    }
  }

  #next(): void {
    this.#bytes.push(this.#byte);
    this.#free = this.#byte === 0xff ? 7 : 8;
    this.#byte = 0;
  }

  finish(): Uint8Array {
    if (this.#free !== 8) this.#next();
    // A header must not end in FF: the stuffed bit needs a byte of its own.
    if (this.#free === 7) this.#bytes.push(0);
    return Uint8Array.from(this.#bytes);
  }
}

interface Node {
  readonly parent: Node | undefined;
  value: number;
  low: number;
  known: boolean;
}

/** A tag tree (B.10.2): a quad-tree of minima, of which only what is new is sent. */
class TagTree {
  readonly #leaves: readonly Node[];

  constructor(values: readonly number[], width: number, height: number) {
    const make = (wide: number, high: number): Node[] => {
      const top = wide === 1 && high === 1;
      const above = top ? [] : make((wide + 1) >> 1, (high + 1) >> 1);
      return Array.from({ length: wide * high }, (_, index) => {
        const x = index % wide;
        const y = Math.floor(index / wide);
        return {
          parent: above[(y >> 1) * ((wide + 1) >> 1) + (x >> 1)],
          value: Number.POSITIVE_INFINITY,
          low: 0,
          known: false,
        };
      });
    };
    this.#leaves = make(width, height);
    for (const [index, value] of values.entries())
      for (let node: Node | undefined = this.#leaves[index]; node !== undefined; node = node.parent)
        node.value = Math.min(node.value, value);
  }

  /** Says whether the leaf's value is below `threshold`, and what it is when it is. */
  encode(bits: BitWriter, leaf: number, threshold: number): void {
    const path: Node[] = [];
    for (let node: Node | undefined = this.#leaves[leaf]; node !== undefined; node = node.parent)
      path.unshift(node);
    let low = 0;
    for (const node of path) {
      node.low = Math.max(node.low, low);
      for (; node.low < threshold; node.low += 1) {
        if (node.low >= node.value) {
          if (!node.known) bits.put(1, 1);
          node.known = true;
          break;
        }
        bits.put(0, 1);
      }
      low = node.low;
    }
  }
}

/** The blocks of one subband in a packet, row by row. `planes`: bit planes a coefficient of this subband can have. */
export interface BandBlocks {
  readonly columns: number;
  readonly rows: number;
  readonly planes: number;
  readonly blocks: readonly CodedBlock[];
}

/** Number of coding passes (table B.4). */
function putPasses(bits: BitWriter, passes: number): void {
  if (passes === 1) bits.put(0, 1);
  else if (passes === 2) bits.put(0b10, 2);
  else if (passes <= 5) bits.put(0b1100 | (passes - 3), 4);
  else if (passes <= 36) bits.put(0b111100000 | (passes - 6), 9);
  else bits.put(0b1111111110000000 | (passes - 37), 16);
}

/** Header of a packet of the only layer: which blocks are there, their missing bit planes, passes and lengths (B.10). */
export function packetHeader(bands: readonly BandBlocks[]): Uint8Array {
  const bits = new BitWriter();
  bits.put(1, 1);
  for (const { columns, rows, planes, blocks } of bands) {
    if (blocks.length === 0) continue;
    const inclusion = new TagTree(
      blocks.map((block) => (block.passes > 0 ? 0 : 1)),
      columns,
      rows,
    );
    const missing = new TagTree(
      blocks.map((block) => planes - block.planes),
      columns,
      rows,
    );
    for (const [index, block] of blocks.entries()) {
      inclusion.encode(bits, index, 1);
      if (block.passes === 0) continue;
      for (let threshold = 1; threshold <= planes - block.planes + 1; threshold += 1)
        missing.encode(bits, index, threshold);
      putPasses(bits, block.passes);
      const passBits = 31 - Math.clz32(block.passes);
      const lengthBits = 32 - Math.clz32(block.bytes.length);
      const more = Math.max(0, lengthBits - 3 - passBits);
      for (let step = 0; step < more; step += 1) bits.put(1, 1);
      bits.put(0, 1);
      bits.put(block.bytes.length, 3 + more + passBits);
    }
  }
  return bits.finish();
}
