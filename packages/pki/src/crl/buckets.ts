import { randomInt } from 'node:crypto';

/** Buckets that hold more than this are answered from elsewhere: only a list that repeats itself has them. */
export const longestBucket = 64;

/** Where each key of an entry stands: words of (key, offset), gathered by the upper bits of the key. */
export interface Buckets {
  /** Two halves a word: the key, then the offset of the entry. */
  readonly words: Uint32Array;
  /** Bucket b holds the words starts[b] up to starts[b + 1]. */
  readonly starts: Uint32Array;
  /** The bucket of a key is the key shifted right by this. */
  readonly shift: number;
}

/** Nobody who writes a list knows it, so nobody can choose serial numbers that fall into one bucket. */
const secret = randomInt(2 ** 32) | 0;

/** 32 bits from the content octets of a serial number, well mixed (the finisher of MurmurHash3). Two numbers may share a key. */
export function serialKey(view: DataView, from: number, length: number): number {
  let hash = secret;
  let at = from;
  const end = from + length;
  for (; at + 4 <= end; at += 4)
    hash = Math.imul((hash << 5) ^ (hash >>> 27) ^ view.getInt32(at), 0x9e3779b1);
  let tail = 0;
  for (; at < end; at++) tail = (tail << 8) | view.getUint8(at);
  hash ^= tail;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A growing list of (key, offset) words. */
export class WordList {
  #halves: Uint32Array<ArrayBuffer>;
  #length = 0;

  constructor(capacity: number) {
    this.#halves = new Uint32Array(2 * capacity);
  }

  push(key: number, offset: number): void {
    if (this.#length === this.#halves.length) {
      const larger = new Uint32Array(2 * this.#halves.length);
      larger.set(this.#halves);
      this.#halves = larger;
    }
    this.#halves[this.#length] = key;
    this.#halves[this.#length + 1] = offset;
    this.#length += 2;
  }

  /**
   * The words dealt into buckets of some four, in two rounds: first by the uppermost bits, then each of those parts in the processor's
   * cache. A list of millions dealt in one round waits for memory at every word.
   */
  dealt(): Buckets {
    const halves = this.#halves.subarray(0, this.#length);
    const shift = Math.min(31, Math.clz32(halves.length >>> 3));
    const partBits = Math.min(8, 32 - shift);
    const words = new Uint32Array(halves.length);
    const parts = new Uint32Array(2 ** partBits + 1);
    dealInto(words, halves, parts, 0, 32 - partBits, 0);
    const starts = new Uint32Array(2 ** (32 - shift) + 1);
    const bucketsOfPart = 2 ** (32 - shift - partBits);
    for (let part = 0; part + 1 < parts.length; part++) {
      const from = parts[part] ?? 0;
      const to = parts[part + 1] ?? 0;
      const first = part * bucketsOfPart;
      const marks = starts.subarray(first, first + bucketsOfPart);
      // What was dealt from the list itself is not needed again: it is the scratch paper of the second round.
      halves.set(words.subarray(2 * from, 2 * to));
      dealInto(words, halves.subarray(0, 2 * (to - from)), marks, first, shift, from);
    }
    starts[starts.length - 1] = words.length >>> 1;
    return { words, starts, shift };
  }
}

/**
 * Deals `source` into `target` from word `base` on, by key >>> shift: `marks[i]` becomes the first word of bucket `first + i`.
 * Each bucket is filled from its end, so that its mark has come down to its start when all are dealt.
 */
function dealInto(
  target: Uint32Array,
  source: Uint32Array,
  marks: Uint32Array,
  first: number,
  shift: number,
  base: number,
): void {
  for (let i = 0; i < source.length; i += 2) {
    const mark = ((source[i] ?? 0) >>> shift) - first;
    marks[mark] = (marks[mark] ?? 0) + 1;
  }
  let sum = base;
  for (let mark = 0; mark < marks.length; mark++) {
    sum += marks[mark] ?? 0;
    marks[mark] = sum;
  }
  for (let i = source.length - 2; i >= 0; i -= 2) {
    const key = source[i] ?? 0;
    const mark = (key >>> shift) - first;
    const place = (marks[mark] ?? 0) - 1;
    marks[mark] = place;
    target[2 * place] = key;
    target[2 * place + 1] = source[i + 1] ?? 0;
  }
}
