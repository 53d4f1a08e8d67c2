import { MqCoder, runLengthContext, uniformContext } from './mq-coder.js';

/** Which way a subband is high-pass; it decides how neighbours count (ISO/IEC 15444-1, table D.1). */
export type Band = 'LL' | 'HL' | 'LH' | 'HH';

export interface CodedBlock {
  readonly bytes: Uint8Array;
  readonly passes: number;
  /** Bit planes of the largest magnitude; 0 when all coefficients are zero. */
  readonly planes: number;
}

const stripe = 4;
const significant = 1;
const negative = 2;
const visited = 4;
const refined = 8;

/** Context of zero coding from the numbers of significant neighbours: across, above and below, diagonal. */
function zeroContext(band: Band, across: number, along: number, diagonal: number): number {
  if (band === 'HH') {
    const straight = across + along;
    if (diagonal >= 3) return 8;
    if (diagonal === 2) return straight >= 1 ? 7 : 6;
    if (diagonal === 1) return straight >= 2 ? 5 : 3 + straight;
    return Math.min(straight, 2);
  }
  const [h, v] = band === 'HL' ? [along, across] : [across, along];
  if (h === 2) return 8;
  if (h === 1) return v >= 1 ? 7 : diagonal >= 1 ? 6 : 5;
  if (v > 0) return 2 + v;
  return Math.min(diagonal, 2);
}

/** Context and flip of sign coding from the signs beside and above (table D.3). */
function signContext(h: number, v: number): readonly [context: number, flip: number] {
  if (h === 0) return v === 0 ? [9, 0] : [10, v < 0 ? 1 : 0];
  const agree = h * v;
  return [12 + agree, h < 0 ? 1 : 0];
}

/**
 * Codes a block of signed coefficients, all bit planes in three passes each (annex D), as one code word segment.
 * `values`: `width` × `height` of them, row by row.
 */
export function codeBlock(values: Int32Array, width: number, height: number, band: Band): CodedBlock {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const planes = largest === 0 ? 0 : 32 - Math.clz32(largest);
  if (planes === 0) return { bytes: new Uint8Array(0), passes: 0, planes };
  const block = new BlockCoder(values, width, height, band);
  for (let plane = planes - 1; plane >= 0; plane -= 1) {
    if (plane < planes - 1) {
      block.propagate(plane);
      block.refine(plane);
    }
    block.cleanUp(plane);
  }
  return { bytes: block.coder.flush(), passes: 3 * planes - 2, planes };
}

/** A coefficient as the passes visit it: its place among the flags, its value, its column, row and the first row of its stripe. */
type Visit = (at: number, value: number, x: number, y: number, top: number) => number | undefined;

const bitOf = (value: number, plane: number) => (Math.abs(value) >> plane) & 1;
const clamp = (sum: number) => Math.max(-1, Math.min(1, sum));

/** What is known of a block so far, and the three passes over one bit plane of it. */
class BlockCoder {
  readonly coder = new MqCoder();
  readonly #values: Int32Array;
  readonly #width: number;
  readonly #height: number;
  readonly #band: Band;
  /** A frame of nothing around the block spares the questions about its edges. */
  readonly #flags: Uint8Array;
  readonly #line: number;

  constructor(values: Int32Array, width: number, height: number, band: Band) {
    this.#values = values;
    this.#width = width;
    this.#height = height;
    this.#band = band;
    this.#line = width + 2;
    this.#flags = new Uint8Array(this.#line * (height + 2));
  }

  /** Significance propagation (D.3.1): what is not significant yet, but has a neighbour that is. */
  propagate(plane: number): void {
    this.#each((at, value) => {
      const context = this.#zero(at);
      if (this.#isSignificant(at) || context === 0) return undefined;
      const bit = bitOf(value, plane);
      this.coder.encode(context, bit);
      if (bit) this.#becomeSignificant(at, value);
      this.#set(at, visited);
      return undefined;
    });
  }

  /** Magnitude refinement (D.3.3): the next bit of what was significant before this plane. */
  refine(plane: number): void {
    this.#each((at, value) => {
      const flag = this.#flag(at);
      if (!(flag & significant) || flag & visited) return undefined;
      const hasNeighbour = this.#across(at) + this.#along(at) + this.#diagonal(at) > 0;
      this.coder.encode(flag & refined ? 16 : hasNeighbour ? 15 : 14, bitOf(value, plane));
      this.#set(at, refined);
      return undefined;
    });
  }

  /** Clean-up (D.3.4): all that is left; a quiet column of four is told in one go. */
  cleanUp(plane: number): void {
    this.#each((at, value, x, y, top) => {
      if (y === top && this.#isQuiet(x, top)) return this.#runLength(plane, x, top);
      if ((this.#flag(at) & (significant | visited)) !== 0) return undefined;
      const bit = bitOf(value, plane);
      this.coder.encode(this.#zero(at), bit);
      if (bit) this.#becomeSignificant(at, value);
      return undefined;
    });
    for (let at = 0; at < this.#flags.length; at += 1) this.#flags[at] = this.#flag(at) & ~visited;
  }

  /** Visits the block in stripes of four rows, column by column; a visit may say which row it went on to. */
  #each(visit: Visit): void {
    for (let top = 0; top < this.#height; top += stripe) {
      for (let x = 0; x < this.#width; x += 1) {
        for (let y = top; y < Math.min(top + stripe, this.#height); y += 1) {
          const skip = visit(this.#at(x, y), this.#value(x, y), x, y, top);
          if (skip !== undefined) y = skip;
        }
      }
    }
  }

  /** Nothing is known of the whole column of a stripe, and nothing of its neighbours. */
  #isQuiet(x: number, top: number): boolean {
    if (top + stripe > this.#height) return false;
    for (let y = top; y < top + stripe; y += 1) {
      const at = this.#at(x, y);
      if ((this.#flag(at) & (significant | visited)) !== 0 || this.#zero(at) !== 0) return false;
    }
    return true;
  }

  /** Run-length coding of a quiet column: where its first one bit stands, if it has one. Gives the last row that is told with it. */
  #runLength(plane: number, x: number, top: number): number {
    const first = [0, 1, 2, 3].find((offset) => bitOf(this.#value(x, top + offset), plane) === 1);
    this.coder.encode(runLengthContext, first === undefined ? 0 : 1);
    if (first === undefined) return top + stripe - 1;
    this.coder.encode(uniformContext, first >> 1);
    this.coder.encode(uniformContext, first & 1);
    this.#becomeSignificant(this.#at(x, top + first), this.#value(x, top + first));
    return top + first;
  }

  #becomeSignificant(at: number, value: number): void {
    const h = clamp(this.#signOf(at - 1) + this.#signOf(at + 1));
    const v = clamp(this.#signOf(at - this.#line) + this.#signOf(at + this.#line));
    const [context, flip] = signContext(h, v);
    const sign = value < 0 ? 1 : 0;
    this.coder.encode(context, sign ^ flip);
    this.#set(at, significant | (sign ? negative : 0));
  }

  #at(x: number, y: number): number {
    return (y + 1) * this.#line + x + 1;
  }
  #value(x: number, y: number): number {
    return this.#values[y * this.#width + x] ?? 0;
  }
  #flag(at: number): number {
    return this.#flags[at] ?? 0;
  }
  #set(at: number, bits: number): void {
    this.#flags[at] = this.#flag(at) | bits;
  }
  #isSignificant(at: number): number {
    return this.#flag(at) & significant;
  }
  #signOf(at: number): number {
    const flag = this.#flag(at);
    return flag & significant ? (flag & negative ? -1 : 1) : 0;
  }
  #across(at: number): number {
    return this.#isSignificant(at - 1) + this.#isSignificant(at + 1);
  }
  #along(at: number): number {
    return this.#isSignificant(at - this.#line) + this.#isSignificant(at + this.#line);
  }
  #diagonal(at: number): number {
    const [above, below] = [at - this.#line, at + this.#line];
    return (
      this.#isSignificant(above - 1) +
      this.#isSignificant(above + 1) +
      this.#isSignificant(below - 1) +
      this.#isSignificant(below + 1)
    );
  }
  #zero(at: number): number {
    return zeroContext(this.#band, this.#across(at), this.#along(at), this.#diagonal(at));
  }
}
