import { createHash } from 'node:crypto';
import { fail } from '../der/fault.js';
import type { DigestAlgorithm } from '../key/algorithm.js';
import type { Increment } from './increment.js';
import { type PdfReference, type PdfValue, pdfDictionary, pdfString } from './value.js';

/** Ten digits, the widest an offset can be in a cross-reference table. */
const widest = 9_999_999_999;

/** A file that is complete but for the octets of one signature. */
export interface Prepared {
  readonly bytes: Buffer;
  /** The string of /Contents with its brackets: [start, end). Everything else is signed. */
  readonly start: number;
  readonly end: number;
}

/**
 * The signature dictionary's entries with room for `size` octets of signature. /ByteRange and /Contents come before every text of a
 * person, so that no text can be taken for them.
 */
export function signatureDictionary(
  head: Readonly<Record<string, PdfValue>>,
  size: number,
  rest: Readonly<Record<string, PdfValue | undefined>>,
): PdfValue {
  return pdfDictionary({
    ...head,
    ByteRange: [0, widest, widest, widest],
    Contents: pdfString(new Uint8Array(size), true),
    ...rest,
  });
}

/** Writes the update and the /ByteRange around the signature's place. */
export function prepare(increment: Increment, signature: PdfReference): Prepared {
  const { bytes, offsets } = increment.write();
  const from = offsets.get(signature.number) ?? fail('pdf.object.number', 0);
  const contents = '/Contents <';
  const start = bytes.indexOf(contents, from) + contents.length - 1;
  const end = bytes.indexOf('>', start) + 1;
  const range = '/ByteRange [';
  const at = bytes.indexOf(range, from) + range.length;
  const room = bytes.indexOf(']', at) - at;
  bytes.write(`0 ${start} ${end} ${bytes.length - end}`.padEnd(room), at, 'latin1');
  return { bytes, start, end };
}

/** What is signed: the file without the string of /Contents. */
export function preparedContent({ bytes, start, end }: Prepared): Buffer {
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
}

export function preparedDigest({ bytes, start, end }: Prepared, algorithm: DigestAlgorithm): Uint8Array {
  return createHash(algorithm).update(bytes.subarray(0, start)).update(bytes.subarray(end)).digest();
}

/** Puts the signature in its place, in place; zeros fill the rest. Throws DerFault `pdf.contents.size` when it is too large. */
export function seal({ bytes, start, end }: Prepared, signature: Uint8Array): Buffer {
  if (signature.length * 2 > end - start - 2) fail('pdf.contents.size', signature.length);
  bytes.write(Buffer.from(signature).toString('hex'), start + 1, 'latin1');
  return bytes;
}
