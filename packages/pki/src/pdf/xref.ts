import { fail } from '../der/fault.js';
import type { Budget } from './budget.js';
import { decodeStream } from './filters.js';
import { PdfParser } from './parse.js';
import {
  isArray,
  isDictionary,
  isReference,
  isStream,
  nameOf,
  type PdfDictionary,
  type PdfValue,
} from './value.js';

/** Where an object is: nowhere, at an offset of the file, or in an object stream. */
export type XrefEntry =
  | { readonly kind: 'free' }
  | { readonly kind: 'at'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'inside'; readonly stream: number; readonly index: number };

/** A run of entries; they stay where they are in the file (or in the decoded stream) until asked for. */
interface XrefBlock {
  readonly first: number;
  readonly count: number;
  readonly entry: (index: number) => XrefEntry;
}

/** One cross-reference section (ISO 32000-2 7.5.4, 7.5.8) with its trailer. */
export interface XrefSection {
  readonly form: 'table' | 'stream';
  /** Where it starts in the file: what `startxref` or /Prev says. */
  readonly offset: number;
  /** Where it ends, trailer or stream included. */
  readonly end: number;
  readonly trailer: PdfDictionary;
  /** In rising order of numbers, without overlap. */
  readonly blocks: readonly XrefBlock[];
  /** A table's stream for newer readers (hybrid file, 7.5.8.4). */
  readonly hybrid?: XrefSection;
}

const limits = { sections: 256, decoded: 16 << 20, blocks: 1 << 18, entries: 4_000_000 };

/** Numbers of objects beyond this are nobody's. */
const largestObjectNumber = 8_388_607;

/**
 * The chain of sections, newest first, from the one at `offset`.  Throws DerFault with a rule
 * `pdf.xref.…`; an encrypted file breaks `pdf.encrypted`.
 */
export function readXrefChain(bytes: Uint8Array, offset: number, budget: Budget): XrefSection[] {
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  let next: number | undefined = offset;
  let entries = 0;
  while (next !== undefined) {
    if (seen.has(next)) fail('pdf.xref.loop', next);
    if (sections.length >= limits.sections) fail('pdf.xref.sections', next);
    seen.add(next);
    const section: XrefSection = readSection(bytes, next, budget);
    sections.push(section);
    for (const { count } of [...section.blocks, ...(section.hybrid?.blocks ?? [])]) entries += count;
    if (entries > limits.entries) fail('pdf.xref.size', next);
    next = offsetOf(section.trailer.entries.get('Prev'), 'pdf.xref.prev', section.offset);
  }
  return sections;
}

function readSection(bytes: Uint8Array, offset: number, budget: Budget): XrefSection {
  if (offset >= bytes.length) fail('pdf.xref.offset', offset);
  const parser = new PdfParser(bytes, offset);
  if (bytes[offset] !== 0x78) return readStreamSection(bytes, offset, budget);
  const section = readTable(parser, offset);
  budget.parsed(section.end - offset);
  const place = offsetOf(section.trailer.entries.get('XRefStm'), 'pdf.xref.hybrid', offset);
  if (place === undefined) return section;
  return { ...section, hybrid: readStreamSection(bytes, place, budget) };
}

function offsetOf(value: PdfValue | undefined, rule: string, at: number): number | undefined {
  // The header stands at 0: some programs write it for "none".
  if (value === undefined || value === null || value === 0) return undefined;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : fail(rule, at);
}

function readTable(parser: PdfParser, offset: number): XrefSection {
  const { bytes } = parser;
  parser.keyword('xref');
  const blocks: XrefBlock[] = [];
  while (!parser.takes('trailer')) {
    if (blocks.length >= limits.blocks) fail('pdf.xref.blocks', parser.at);
    const first = parser.natural('pdf.xref.table');
    const count = parser.natural('pdf.xref.table');
    parser.skip();
    const start = parser.at;
    if (start + count * 20 > bytes.length) fail('pdf.xref.table', start);
    for (let at = start; at < start + count * 20; at += 20) checkLine(bytes, at);
    if (count > 0) blocks.push({ first, count, entry: (index) => readLine(bytes, start + index * 20) });
    parser.at = start + count * 20;
  }
  const trailer = parser.value();
  if (!isDictionary(trailer)) fail('pdf.xref.trailer', parser.at);
  return {
    form: 'table',
    offset,
    end: parser.at,
    trailer: checkTrailer(trailer, offset),
    blocks: ordered(blocks, offset),
  };
}

const patternOfLine = 'dddddddddd ddddd x';

/** `nnnnnnnnnn ggggg n` and two octets of line end: every entry has exactly this form, or programs read different tables. */
function checkLine(bytes: Uint8Array, at: number): void {
  for (let i = 0; i < 18; i++) {
    const octet = bytes[at + i] ?? 0;
    const wanted = patternOfLine[i];
    const ok =
      wanted === 'd'
        ? octet >= 48 && octet <= 57
        : wanted === ' '
          ? octet === 32
          : octet === 110 || octet === 102;
    if (!ok) fail('pdf.xref.entry', at);
  }
  const end = `${bytes[at + 18]} ${bytes[at + 19]}`;
  if (end !== '32 13' && end !== '32 10' && end !== '13 10') fail('pdf.xref.entry', at);
}

function readLine(bytes: Uint8Array, at: number): XrefEntry {
  if (bytes[at + 17] === 102) return { kind: 'free' };
  const line = Buffer.from(bytes.subarray(at, at + 16)).toString('latin1');
  const offset = Number(line.slice(0, 10));
  // The header stands at 0: some programs write this for numbers they do not use.
  return offset === 0 ? { kind: 'free' } : { kind: 'at', offset, generation: Number(line.slice(11)) };
}

function readStreamSection(bytes: Uint8Array, offset: number, budget: Budget): XrefSection {
  const parser = new PdfParser(bytes, offset);
  const { value } = parser.indirect((length) => (typeof length === 'number' ? length : undefined));
  if (!isStream(value) || nameOf(value.dictionary.entries.get('Type')) !== 'XRef')
    fail('pdf.xref.stream', offset);
  const { entries } = value.dictionary;
  const widths = naturals(entries.get('W'), offset);
  const size = naturals([entries.get('Size') ?? null], offset)[0] ?? 0;
  const index = entries.has('Index') ? naturals(entries.get('Index'), offset) : [0, size];
  const [first = 0, second = 0, third = 0] = widths;
  const width = first + second + third;
  if (widths.length !== 3 || widths.some((each) => each > 8) || width === 0) fail('pdf.xref.widths', offset);
  const data = decodeStream(value, limits.decoded);
  budget.inflated(data.length);
  budget.parsed(parser.at - offset - value.data.length);
  if (index.length % 2 !== 0 || index.length > limits.blocks * 2) fail('pdf.xref.index', offset);
  const blocks: XrefBlock[] = [];
  let at = 0;
  for (let i = 0; i < index.length; i += 2) {
    const [start = 0, count = 0] = [index[i], index[i + 1]];
    const from = at;
    at += count * width;
    if (at > data.length) fail('pdf.xref.index', offset);
    const entry = (number: number) => readFields(data, from + number * width, [first, second, third]);
    if (count > 0) blocks.push({ first: start, count, entry });
  }
  const trailer = checkTrailer(value.dictionary, offset);
  return { form: 'stream', offset, end: parser.at, trailer, blocks: ordered(blocks, offset) };
}

function naturals(value: PdfValue | undefined, offset: number): number[] {
  if (!isArray(value)) fail('pdf.xref.stream', offset);
  return value.map((each) =>
    typeof each === 'number' && Number.isInteger(each) && each >= 0 ? each : fail('pdf.xref.stream', offset),
  );
}

function readFields(
  data: Uint8Array,
  at: number,
  [first, second, third]: readonly [number, number, number],
): XrefEntry {
  const field = (start: number, width: number) => {
    let value = 0;
    for (let i = 0; i < width; i++) value = value * 256 + (data[start + i] ?? 0);
    return value;
  };
  const type = first === 0 ? 1 : field(at, first);
  const [a, b] = [field(at + first, second), field(at + first + second, third)];
  if (type === 1) return { kind: 'at', offset: a, generation: b };
  if (type === 2) return { kind: 'inside', stream: a, index: b };
  // Any other type is a reference to the null object (7.5.8.3).
  return { kind: 'free' };
}

function checkTrailer(trailer: PdfDictionary, offset: number): PdfDictionary {
  if (trailer.entries.has('Encrypt')) fail('pdf.encrypted', offset);
  if (trailer.entries.has('Root') && !isReference(trailer.entries.get('Root'))) fail('pdf.xref.root', offset);
  return trailer;
}

function ordered(blocks: readonly XrefBlock[], offset: number): XrefBlock[] {
  const sorted = [...blocks].sort((a, b) => a.first - b.first);
  let end = 0;
  for (const { first, count } of sorted) {
    // An object that stands twice in one section is another one to each reader.
    if (first < end) fail('pdf.xref.doubled', offset);
    end = first + count;
  }
  if (end > largestObjectNumber + 1) fail('pdf.xref.size', offset);
  return sorted;
}

function find({ blocks }: XrefSection, number: number): XrefEntry | undefined {
  let [low, high] = [0, blocks.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const block = blocks[middle];
    if (block === undefined) return undefined;
    if (number < block.first) high = middle - 1;
    else if (number >= block.first + block.count) low = middle + 1;
    else return block.entry(number - block.first);
  }
  return undefined;
}

/** The object's entry as seen from section `from` of the chain (0 is the newest). */
export function entryOf(
  sections: readonly XrefSection[],
  from: number,
  number: number,
  budget: Budget,
): XrefEntry {
  for (let i = from; i < sections.length; i++) {
    const section = sections[i];
    if (section === undefined) break;
    const found = find(section, number);
    if (found !== undefined) budget.passed(i - from + 1);
    if (section.hybrid !== undefined && found?.kind !== 'at') {
      // What a hybrid file hides from old readers is marked free in the table.
      const hidden = find(section.hybrid, number);
      if (hidden !== undefined && hidden.kind !== 'free') return hidden;
    }
    if (found !== undefined) return found;
  }
  budget.passed(sections.length - from);
  return { kind: 'free' };
}

/** Every object number the section speaks of; with `inUse`, of those it says are there. */
export function* numbersIn({ blocks, hybrid }: XrefSection, inUse = false): Generator<number> {
  for (const { first, count, entry } of [...blocks, ...(hybrid?.blocks ?? [])]) {
    for (let i = 0; i < count; i++) if (!inUse || entry(i).kind !== 'free') yield first + i;
  }
}
