import { fail } from '../der/fault.js';
import type { PdfValue } from './value.js';

const limits = {
  /** What all compressed streams together may unfold to. */
  inflated: 256 << 20,
  /** Octets of syntax read, again and again if need be: so many, and so many times the file. */
  parsed: 6 << 20,
  times: 4,
  /** What is kept of objects read before: values, and octets of their text. */
  keptValues: 100_000,
  keptText: 8 << 20,
};

/** An object that was read. */
export interface ReadObject {
  readonly number: number;
  readonly generation: number;
  readonly value: PdfValue;
  /** Where it ends in the file. */
  readonly end: number;
}

/**
 * What looking at one file may cost, in all of its states: hostile files are made so that the same things are read over and over. Also
 * keeps the objects read last, because honest files are read over and over too. Methods throw DerFault.
 */
export class Budget {
  readonly #mostParsed: number;
  #inflated = 0;
  #parsed = 0;
  readonly #kept = new Map<number, ReadObject & { readonly values: number; readonly text: number }>();
  #keptValues = 0;
  #keptText = 0;

  constructor(length: number) {
    this.#mostParsed = limits.parsed + limits.times * length;
  }

  /** So many octets came out of a compressed stream. */
  inflated(size: number): void {
    this.#inflated += size;
    if (this.#inflated > limits.inflated) fail('pdf.limit.inflate', 0);
  }

  /** So many octets of syntax were read. */
  parsed(size: number): void {
    this.#parsed += size;
    if (this.#parsed > this.#mostParsed) fail('pdf.limit.work', 0);
  }

  /** So many cross-reference sections were looked through for one object. */
  passed(sections: number): void {
    this.parsed(sections);
  }

  /** The object read at this offset before, if it lies in front of `limit`. */
  known(offset: number, limit: number): ReadObject | undefined {
    const found = this.#kept.get(offset);
    return found !== undefined && found.end <= limit ? found : undefined;
  }

  keep(offset: number, object: ReadObject, values: number, text: number): void {
    if (values > limits.keptValues || text > limits.keptText || this.#kept.has(offset)) return;
    this.#kept.set(offset, { ...object, values, text });
    this.#keptValues += values;
    this.#keptText += text;
    for (const [oldest, other] of this.#kept) {
      if (this.#keptValues <= limits.keptValues && this.#keptText <= limits.keptText) break;
      this.#kept.delete(oldest);
      this.#keptValues -= other.values;
      this.#keptText -= other.text;
    }
  }
}
