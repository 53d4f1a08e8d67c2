import { fail } from '../der/fault.js';
import type { Budget, ReadObject } from './budget.js';
import { decodeStream } from './filters.js';
import { PdfParser } from './parse.js';
import { isStream, nameOf, type PdfValue } from './value.js';

const limits = { decoded: 16 << 20, objects: 1 << 20, kept: 32 << 20 };

interface Opened {
  readonly data: Uint8Array;
  /** Number and offset of each object, in turn. */
  readonly index: Uint32Array;
  /** Where the stream ends in the file. */
  readonly end: number;
}

/** The object streams of one file (ISO 32000-2 7.5.7), the last few kept decoded. */
export class ObjectStreams {
  readonly #opened = new Map<number, Opened>();
  readonly #budget: Budget;
  #kept = 0;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /**
   * Object `number` as entry `index` of the stream at `offset`, of a file that ends at `limit`; `load` reads the stream when it is not kept.
   */
  read(
    { offset, limit }: { readonly offset: number; readonly limit: number },
    number: number,
    index: number,
    load: () => ReadObject,
  ): PdfValue {
    const kept = this.#opened.get(offset);
    const { data, index: places } =
      kept !== undefined && kept.end <= limit ? kept : this.#open(offset, load());
    const [found, start] = [places[index * 2], places[index * 2 + 1]];
    if (found !== number || start === undefined) fail('pdf.objectStream.number', offset);
    const parser = new PdfParser(data, start);
    const value = parser.value();
    this.#budget.parsed(parser.at - start);
    return value;
  }

  #open(offset: number, { value, end }: ReadObject): Opened {
    if (!isStream(value) || nameOf(value.dictionary.entries.get('Type')) !== 'ObjStm')
      fail('pdf.objectStream', offset);
    const { entries } = value.dictionary;
    const [count, first] = [entries.get('N'), entries.get('First')];
    if (typeof count !== 'number' || typeof first !== 'number' || !(count >= 0 && count <= limits.objects)) {
      fail('pdf.objectStream', offset);
    }
    const data = decodeStream(value, limits.decoded);
    this.#budget.inflated(data.length);
    const parser = new PdfParser(data, 0, Math.min(Math.max(0, first), data.length));
    // Each pair takes four octets at least: the count alone makes no memory.
    if (count * 4 > parser.limit + 1) fail('pdf.objectStream', offset);
    const index = new Uint32Array(Math.trunc(count) * 2);
    for (let i = 0; i < index.length; i += 2) {
      index[i] = parser.natural('pdf.objectStream');
      index[i + 1] = first + parser.natural('pdf.objectStream');
    }
    const opened = { data, index, end };
    this.#keep(offset, opened);
    return opened;
  }

  #keep(offset: number, opened: Opened): void {
    const before = this.#opened.get(offset);
    const size = ({ data, index }: Opened) => data.length + index.byteLength;
    this.#opened.delete(offset);
    this.#opened.set(offset, opened);
    this.#kept += size(opened) - (before === undefined ? 0 : size(before));
    for (const [oldest, other] of this.#opened) {
      if (this.#kept <= limits.kept || oldest === offset) break;
      this.#opened.delete(oldest);
      this.#kept -= size(other);
    }
  }
}
