import { attempt, fail } from '../der/fault.js';
import { readTlv } from '../der/read.js';
import { fieldsOf, type PdfField } from './fields.js';
import type { PdfFile, PdfView } from './file.js';
import { isArray, isReference, isString, nameOf, type PdfDictionary, type PdfString } from './value.js';

/** What is wrong with the place where a signature stands; nothing of it says anything about the mathematics. */
export interface PdfFault {
  readonly rule: string;
  readonly offset: number;
}

/** One signature or document time stamp of a file. */
export interface PdfSignature {
  readonly kind: 'signature' | 'documentTimeStamp';
  /** Full name of its field. */
  readonly field: string;
  readonly dictionary: PdfDictionary;
  readonly faults: readonly PdfFault[];
  /** /ByteRange, four numbers, where it is that. */
  readonly range?: readonly [number, number, number, number];
  /** The message without the zeros behind it. */
  readonly contents?: Uint8Array;
  /** The file when it was signed; absent where that cannot be told (a fault says why). */
  readonly revision?: PdfFile;
}

const limits = { signatures: 32 };

/** The forms that are read. Older ones (`adbe.pkcs7.sha1`, `adbe.x509.rsa_sha1`) are refused by name: they sign with SHA-1. */
const subFilters = ['adbe.pkcs7.detached', 'ETSI.CAdES.detached', 'ETSI.RFC3161'];

/**
 * All signatures and document time stamps, the oldest first; those whose extent cannot be told last. Throws DerFault where the document's
 * form itself cannot be read, or holds more than any honest file.
 */
export function readPdfSignatures(file: PdfFile): PdfSignature[] {
  const view = file.view();
  const found = fieldsOf(view).flatMap((field) => {
    const value = field.dictionary.entries.get('V');
    const isSigned = field.type === 'Sig' && value !== undefined && value !== null;
    return isSigned ? [readSignature(view, field)] : [];
  });
  if (found.length > limits.signatures) fail('pdf.signatures.size', 0);
  const end = ({ revision }: PdfSignature) => revision?.bytes.length ?? Number.MAX_SAFE_INTEGER;
  return found.sort((a, b) => end(a) - end(b));
}

/** The octets that were signed, in front of and behind the signature's own place. */
export function signedContent(file: PdfFile, { range }: PdfSignature): Uint8Array {
  if (range === undefined) return new Uint8Array();
  const [, before, after, rest] = range;
  return Buffer.concat([file.bytes.subarray(0, before), file.bytes.subarray(after, after + rest)]);
}

function readSignature(view: PdfView, field: PdfField): PdfSignature {
  const value = field.dictionary.entries.get('V');
  const dictionary = view.dictionary(value);
  const faults: PdfFault[] = [];
  const fault = (rule: string, offset = 0) => {
    faults.push({ rule, offset });
  };
  const base = { kind: 'signature', field: field.name, faults } as const;
  if (dictionary === undefined) {
    fault('pdf.signature.dictionary');
    return { ...base, dictionary: { kind: 'dictionary', entries: new Map() } };
  }
  const subFilter = nameOf(view.resolve(dictionary.entries.get('SubFilter'))) ?? '';
  if (!subFilters.includes(subFilter)) fault('pdf.subFilter');
  const kind = subFilter === 'ETSI.RFC3161' ? 'documentTimeStamp' : 'signature';
  const known = { ...base, kind, dictionary } as const;
  const holder = isReference(value) ? value : field.reference;
  // In an object stream /Contents has no place in the file that could be left out of what is signed.
  if (view.entry(holder.number).kind !== 'at') fault('pdf.signature.compressed');
  const contents = dictionary.entries.get('Contents');
  const message = isString(contents) ? messageIn(contents, fault) : undefined;
  if (!isString(contents)) fault('pdf.contents.absent');
  const range = rangeOf(dictionary, fault);
  if (range === undefined || !isString(contents)) return known;
  checkRange(view.file, range, contents, fault);
  const here = { ...known, range, ...(message === undefined ? {} : { contents: message }) };
  if (faults.some(({ rule }) => rule.startsWith('pdf.byteRange'))) return here;
  const revision = attempt(() => revisionOf(view.file, range, field, holder.number));
  if (!revision.ok) {
    fault(revision.rule, revision.offset);
    return here;
  }
  return { ...here, revision: revision.value };
}

type Report = (rule: string, offset?: number) => void;

/** The message inside /Contents: one DER or BER element, then zeros. */
function messageIn({ bytes, hex, start }: PdfString, fault: Report): Uint8Array | undefined {
  if (!hex) fault('pdf.contents.form', start);
  const element = attempt(() => readTlv(bytes, 0, bytes.length, 'ber'));
  if (!element.ok) {
    fault('pdf.contents.message', start);
    return undefined;
  }
  const { end } = element.value;
  if (bytes.subarray(end).some((octet) => octet !== 0)) fault('pdf.contents.padding', start + 1 + end * 2);
  return bytes.subarray(0, end);
}

function rangeOf(dictionary: PdfDictionary, fault: Report): PdfSignature['range'] {
  const value = dictionary.entries.get('ByteRange');
  if (value === undefined) {
    fault('pdf.byteRange.absent');
    return undefined;
  }
  const numbers = isArray(value) ? value : [];
  const [a, b, c, d] = numbers.map((each) =>
    typeof each === 'number' && Number.isInteger(each) && each >= 0 ? each : undefined,
  );
  if (numbers.length !== 4 || a === undefined || b === undefined || c === undefined || d === undefined) {
    fault('pdf.byteRange.form');
    return undefined;
  }
  return [a, b, c, d];
}

/** The two ranges are the whole of a file but for the string of /Contents: no gap that could hold something else, no overlap. */
function checkRange(
  { bytes }: PdfFile,
  [start, before, after, rest]: readonly [number, number, number, number],
  contents: PdfString,
  fault: Report,
): void {
  if (start !== 0) fault('pdf.byteRange.start', start);
  if (after < before) fault('pdf.byteRange.overlap', after);
  if (after + rest > bytes.length) fault('pdf.byteRange.beyond', after + rest);
  if (before !== contents.start || after !== contents.end) fault('pdf.byteRange.gap', before);
  // White space between the digits would be a place to write in.
  if (contents.hex && contents.end - contents.start !== contents.bytes.length * 2 + 2) {
    fault('pdf.byteRange.contents', contents.start);
  }
}

/** The file when it was signed: complete in itself, with this signature in it. */
function revisionOf(
  file: PdfFile,
  [, , after, rest]: readonly [number, number, number, number],
  field: PdfField,
  holder: number,
): PdfFile {
  const length = after + rest;
  const revision = file.revision(length);
  if (lineEndsBehind(file.bytes, revision.end) < length) fail('pdf.revision.end', revision.end);
  const view = revision.view();
  const entry = view.entry(holder);
  const today = file.view().entry(holder);
  const isSame = entry.kind === 'at' && today.kind === 'at' && entry.offset === today.offset;
  const isListed = fieldsOf(view).some(({ name, type }) => name === field.name && type === 'Sig');
  if (!isSame || !isListed) fail('pdf.revision.signature', length);
  return revision;
}

/** One line end may stand behind `%%EOF`. */
function lineEndsBehind(bytes: Uint8Array, end: number): number {
  if (bytes[end] === 13) return bytes[end + 1] === 10 ? end + 2 : end + 1;
  return bytes[end] === 10 ? end + 1 : end;
}
