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
  const coder = new MqCoder();
  // A frame of nothing around the block spares the questions about its edges.
  const line = width + 2;
  const flags = new Uint8Array(line * (height + 2));
  const flag = (at: number) => flags[at] ?? 0;
  const isSignificant = (at: number) => flag(at) & significant;
  const across = (at: number) => isSignificant(at - 1) + isSignificant(at + 1);
  const along = (at: number) => isSignificant(at - line) + isSignificant(at + line);
  const diagonal = (at: number) =>
    isSignificant(at - line - 1) +
    isSignificant(at - line + 1) +
    isSignificant(at + line - 1) +
    isSignificant(at + line + 1);
  const zero = (at: number) => zeroContext(band, across(at), along(at), diagonal(at));
  const signOf = (at: number) => (isSignificant(at) ? (flag(at) & negative ? -1 : 1) : 0);
  const clamp = (sum: number) => Math.max(-1, Math.min(1, sum));

  /** Visits the block in stripes of four rows, column by column. */
  const each = (
    visit: (at: number, value: number, x: number, y: number, top: number) => number | undefined,
  ) => {
    for (let top = 0; top < height; top += stripe) {
      for (let x = 0; x < width; x += 1) {
        for (let y = top; y < Math.min(top + stripe, height); y += 1) {
          const skip = visit((y + 1) * line + x + 1, values[y * width + x] ?? 0, x, y, top);
          if (skip !== undefined) y = skip;
        }
      }
    }
  };
  const bitOf = (value: number, plane: number) => (Math.abs(value) >> plane) & 1;
  const becomeSignificant = (at: number, value: number) => {
    const h = clamp(signOf(at - 1) + signOf(at + 1));
    const v = clamp(signOf(at - line) + signOf(at + line));
    const [context, flip] = signContext(h, v);
    const sign = value < 0 ? 1 : 0;
    coder.encode(context, sign ^ flip);
    flags[at] = flag(at) | significant | (sign ? negative : 0);
  };

  const propagate = (plane: number) =>
    each((at, value) => {
      const context = zero(at);
      if (isSignificant(at) || context === 0) return undefined;
      const bit = bitOf(value, plane);
      coder.encode(context, bit);
      if (bit) becomeSignificant(at, value);
      flags[at] = flag(at) | visited;
      return undefined;
    });
  const refine = (plane: number) =>
    each((at, value) => {
      if (!isSignificant(at) || flag(at) & visited) return undefined;
      const context = flag(at) & refined ? 16 : across(at) + along(at) + diagonal(at) > 0 ? 15 : 14;
      coder.encode(context, bitOf(value, plane));
      flags[at] = flag(at) | refined;
      return undefined;
    });
  const cleanUp = (plane: number) => {
    each((at, value, x, y, top) => {
      const column = (offset: number) => (top + offset + 1) * line + x + 1;
      const whole = y === top && top + stripe <= height;
      const quiet =
        whole &&
        [0, 1, 2, 3].every((offset) => {
          const place = column(offset);
          return (flag(place) & (significant | visited)) === 0 && zero(place) === 0;
        });
      if (quiet) {
        const first = [0, 1, 2, 3].find(
          (offset) => bitOf(values[(top + offset) * width + x] ?? 0, plane) === 1,
        );
        coder.encode(runLengthContext, first === undefined ? 0 : 1);
        if (first === undefined) return top + stripe - 1;
        coder.encode(uniformContext, first >> 1);
        coder.encode(uniformContext, first & 1);
        becomeSignificant(column(first), values[(top + first) * width + x] ?? 0);
        return top + first;
      }
      if ((flag(at) & (significant | visited)) !== 0) return undefined;
      const bit = bitOf(value, plane);
      coder.encode(zero(at), bit);
      if (bit) becomeSignificant(at, value);
      return undefined;
    });
    for (let at = 0; at < flags.length; at += 1) flags[at] = flag(at) & ~visited;
  };

  for (let plane = planes - 1; plane >= 0; plane -= 1) {
    if (plane < planes - 1) {
      propagate(plane);
      refine(plane);
    }
    cleanUp(plane);
  }
  return { bytes: coder.flush(), passes: 3 * planes - 2, planes };
}
