import { attempt, type Parsed } from '../der/fault.js';
import type { PdfChange } from './change.js';
import { changesSince } from './changes.js';
import { PdfFile } from './file.js';
import { type PdfSignature, readPdfSignatures } from './signatures.js';

/** A PDF with everything that was found about its signatures. */
export interface SignedPdf {
  readonly file: PdfFile;
  /** Signatures of people, the oldest first. */
  readonly signatures: readonly PdfSignature[];
  /** Document time stamps, the oldest first. */
  readonly timeStamps: readonly PdfSignature[];
  /** What each update since the oldest signature did, by the index of its cross-reference section; see `changesAfter`. */
  readonly changes: ReadonlyMap<number, readonly PdfChange[]>;
}

/**
 * Opens a PDF strictly and finds its signatures, where each stands, and what came after it. A rule `pdf.…` and an offset where the file
 * cannot be taken as one document that every program shows alike; `pdf.encrypted` for an encrypted one. Never throws on hostile input; time
 * and memory are bounded by the size of the file.
 */
export function readPdf(bytes: Uint8Array): Parsed<SignedPdf> {
  return attempt(() => {
    const file = new PdfFile(bytes);
    const read = readPdfSignatures(file);
    const ofKind = (wanted: PdfSignature['kind']) => read.filter(({ kind }) => kind === wanted);
    return {
      file,
      signatures: ofKind('signature'),
      timeStamps: ofKind('documentTimeStamp'),
      changes: changesSince(file, read),
    };
  });
}

/** What was done to the document after this signature, the oldest first. */
export function changesAfter({ file, changes }: SignedPdf, { revision }: PdfSignature): PdfChange[] {
  if (revision === undefined) return [];
  const signedAt = file.sections.length - revision.sections.length;
  return [...changes].flatMap(([index, each]) => (index < signedAt ? each : []));
}

/**
 * What was signed: the file as it was with signature `number` (from 0, the oldest first), octet for octet. Undefined where that cannot
 * be told. Show this, not the file, to whom the signature is to bind.
 */
export function signedRevision(pdf: SignedPdf, number: number): Uint8Array | undefined {
  return pdf.signatures[number]?.revision?.bytes;
}
