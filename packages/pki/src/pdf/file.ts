import { attempt, fail, type Parsed } from '../der/fault.js';
import { Budget, type ReadObject } from './budget.js';
import { ObjectStreams } from './object-streams.js';
import { isWhite, PdfParser } from './parse.js';
import {
  isDictionary,
  isReference,
  isStream,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
} from './value.js';
import { entryOf, readXrefChain, type XrefEntry, type XrefSection } from './xref.js';

/**
 * A PDF file opened strictly: it starts with its header, ends with `startxref … %%EOF`, and every object is where its cross-reference says.
 * Nothing is repaired, because each program repairs differently, and then people see different documents. `PdfView`s show it at its
 * newest state and at earlier ones. Methods throw DerFault on bad input; `readPdfFile` does not.
 */
export class PdfFile {
  readonly bytes: Uint8Array;
  /** Cross-reference sections, newest first. */
  readonly sections: readonly XrefSection[];
  /** Where `%%EOF` ends; only white space may stand behind. */
  readonly end: number;
  /** Shared by all states of the file, as are the object streams that were opened. */
  readonly budget: Budget;
  readonly objectStreams: ObjectStreams;

  /** `within`: the whole file, of which `bytes` is an earlier state. */
  constructor(bytes: Uint8Array, within?: PdfFile) {
    this.bytes = bytes;
    this.budget = within?.budget ?? new Budget(bytes.length);
    this.objectStreams = within?.objectStreams ?? new ObjectStreams(this.budget);
    if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== '%PDF-') fail('pdf.header', 0);
    const tail = readTail(bytes);
    this.end = tail.end;
    this.sections =
      within === undefined
        ? readXrefChain(bytes, tail.startxref, this.budget)
        : chainWithin(within.sections, tail.startxref, bytes.length);
  }

  /**
   * The file as it was when it was `end` octets long: nothing behind counts, wherever offsets point. Throws DerFault:
   * `pdf.revision.chain` where today's file does not continue that one.
   */
  revision(end: number): PdfFile {
    return new PdfFile(this.bytes.subarray(0, end), this);
  }

  /** Nothing stands between the newest cross-reference and the end: octets there would belong to nothing. */
  get closed(): boolean {
    const [newest] = this.sections;
    if (newest === undefined) return false;
    const parser = new PdfParser(this.bytes, newest.end);
    return parser.takes('startxref') && this.end - parser.at < 32;
  }

  /** The document as it was when section `from` was the newest; 0 is now. */
  view(from = 0): PdfView {
    return new PdfView(this, from);
  }
}

const longestTail = 1024;

/** The last `startxref N %%EOF`: nothing but white space stands behind it. */
function readTail(bytes: Uint8Array): { startxref: number; end: number } {
  let end = bytes.length;
  while (end > 0 && isWhite(bytes[end - 1])) {
    end -= 1;
    if (bytes.length - end > longestTail) fail('pdf.end', end);
  }
  const start = Math.max(0, end - 64);
  const text = Buffer.from(bytes.subarray(start, end)).toString('latin1');
  const match = /startxref[\0\t\n\f\r ]{1,4}(\d{1,15})[\0\t\n\f\r ]{1,4}%%EOF$/.exec(text);
  if (match?.[1] === undefined) fail('pdf.end', end);
  return { startxref: Number(match[1]), end };
}

/** The part of the chain that the earlier state had, which must lie inside it. */
function chainWithin(sections: readonly XrefSection[], startxref: number, length: number): XrefSection[] {
  const index = sections.findIndex(({ offset }) => offset === startxref);
  if (index < 0) fail('pdf.revision.chain', startxref);
  const chain = sections.slice(index);
  for (const { end, hybrid } of chain) {
    if (end > length || (hybrid?.end ?? 0) > length) fail('pdf.revision.chain', end);
  }
  return chain;
}

/** Opens a file; a rule `pdf.…` and an offset where it cannot be taken. Never throws on hostile input. */
export function readPdfFile(bytes: Uint8Array): Parsed<PdfFile> {
  return attempt(() => new PdfFile(bytes));
}

/** The object has the number under which it was looked for. */
function checked(read: ReadObject, number: number, generation: number, offset: number): ReadObject {
  if (read.number !== number || read.generation !== generation) fail('pdf.object.number', offset);
  return read;
}

/** A document at one state. */
export class PdfView {
  readonly file: PdfFile;
  /** Index of its newest section in the file's. */
  readonly from: number;
  /** The newest trailer's entries, those it lacks from the older ones (a linearised file has two for one state). */
  readonly trailer: PdfDictionary;

  constructor(file: PdfFile, from: number) {
    this.file = file;
    this.from = from;
    const newest = file.sections[from]?.trailer;
    if (newest === undefined) fail('pdf.xref.offset', 0);
    this.trailer = newest;
  }

  entry(number: number): XrefEntry {
    return entryOf(this.file.sections, this.from, number, this.file.budget);
  }

  /** The object of this number, null where there is none. */
  get({ number, generation }: PdfReference): PdfValue {
    const entry = this.entry(number);
    if (entry.kind === 'free') return null;
    if (entry.kind === 'inside') {
      return generation === 0 ? this.#inside(number, entry.stream, entry.index) : null;
    }
    return entry.generation === generation
      ? this.#at(number, entry.offset, generation, 'anywhere').value
      : null;
  }

  /** `lengths`: where the length of a stream may stand that is an object of its own; the one in an object stream must not need one itself. */
  #at(
    number: number,
    offset: number,
    generation: number,
    lengths: 'anywhere' | 'outside' | 'nowhere',
  ): ReadObject {
    const { bytes, budget } = this.file;
    if (offset >= bytes.length) fail('pdf.object.offset', offset);
    const known = budget.known(offset, bytes.length);
    if (known !== undefined) return checked(known, number, generation, offset);
    const parser = new PdfParser(bytes, offset);
    let isAlone = true;
    const found = parser.indirect((length) => {
      if (!isReference(length)) return typeof length === 'number' ? length : undefined;
      isAlone = false;
      const value = lengths === 'nowhere' ? undefined : this.#lengthOf(length, lengths);
      return typeof value === 'number' ? value : undefined;
    });
    const { value } = found;
    const text = parser.at - offset - (isStream(value) ? value.data.length : 0);
    budget.parsed(text);
    const read = checked({ ...found, end: parser.at }, number, generation, offset);
    // A length elsewhere may be another one in another state of the file.
    if (isAlone) budget.keep(offset, read, parser.values, text);
    return read;
  }

  #lengthOf({ number, generation }: PdfReference, lengths: 'anywhere' | 'outside'): PdfValue | undefined {
    const entry = this.entry(number);
    if (entry.kind === 'inside' && lengths === 'anywhere' && generation === 0) {
      return this.#inside(number, entry.stream, entry.index);
    }
    if (entry.kind !== 'at' || entry.generation !== generation) return undefined;
    return this.#at(number, entry.offset, generation, 'nowhere').value;
  }

  #inside(number: number, stream: number, index: number): PdfValue {
    const entry = this.entry(stream);
    if (entry.kind !== 'at') fail('pdf.objectStream.entry', 0);
    const { objectStreams, bytes } = this.file;
    return objectStreams.read({ offset: entry.offset, limit: bytes.length }, number, index, () =>
      this.#at(stream, entry.offset, entry.generation, 'outside'),
    );
  }

  /** The value itself, or the object that it refers to; a reference to a reference is none (7.3.10). */
  resolve(value: PdfValue | undefined): PdfValue {
    if (!isReference(value)) return value ?? null;
    const found = this.get(value);
    return isReference(found) ? null : found;
  }

  /** The dictionary that the value is or refers to. */
  dictionary(value: PdfValue | undefined): PdfDictionary | undefined {
    const found = this.resolve(value);
    return isDictionary(found) ? found : undefined;
  }

  get rootReference(): PdfReference {
    const root = this.trailer.entries.get('Root');
    return isReference(root) ? root : fail('pdf.root', 0);
  }

  get root(): PdfDictionary {
    return this.dictionary(this.rootReference) ?? fail('pdf.root', 0);
  }

  /** One more than the highest number that may be in use. */
  get size(): number {
    const sizes = this.file.sections.slice(this.from).flatMap(({ trailer, blocks, hybrid }) => {
      const last = [...blocks, ...(hybrid?.blocks ?? [])].reduce(
        (top, { first, count }) => Math.max(top, first + count),
        0,
      );
      const stated = trailer.entries.get('Size');
      return [last, typeof stated === 'number' && Number.isInteger(stated) ? stated : 0];
    });
    return sizes.reduce((top, each) => Math.max(top, each), 1);
  }
}
