import { type FoundTimeStamp, findDocumentStamp, proven } from '../cades/time-stamps.js';
import type { SignatureResult } from '../cms/signature-result.js';
import { sha256 } from '../key/digest.js';
import { certifies } from '../pdf/certification.js';
import { changesAfter, type SignedPdf } from '../pdf/read.js';
import { readSecurityStore, type SecurityStore } from '../pdf/security-store.js';
import { type PdfSignature, signedContent } from '../pdf/signatures.js';
import { dateOf, textOf } from '../pdf/text.js';
import { isString, nameOf } from '../pdf/value.js';
import type { EvidencePdfSignature } from './evidence.js';

/** The signature that is asked for, with what the file holds for it. */
export interface OpenedPdf {
  readonly facts: EvidencePdfSignature;
  readonly signed?: { readonly cms: Uint8Array; readonly content: Uint8Array };
  /** What the validation values of the file add to what the caller gives. */
  readonly store: SecurityStore;
  /** The signer's claim, from /M. */
  readonly claimedTime?: Date;
  readonly stampsFor: (certificates: readonly Uint8Array[]) => FoundTimeStamp[];
}

/** Signature `number` of the file, from 0; undefined where there is none. */
export function openPdfSignature(pdf: SignedPdf, number: number): OpenedPdf | undefined {
  const signature = pdf.signatures[number];
  if (signature === undefined) return undefined;
  const { contents } = signature;
  const time = timeOf(pdf, signature);
  const store = readSecurityStore(pdf.file);
  return {
    facts: factsOf(pdf, signature, time),
    ...(contents === undefined || signature.range === undefined
      ? {}
      : { signed: { cms: contents, content: signedContent(pdf.file, signature) } }),
    store,
    ...(time === undefined ? {} : { claimedTime: time }),
    stampsFor: (certificates) => stampsOver(pdf, signature, [...certificates, ...store.certificates]),
  };
}

function timeOf({ file }: SignedPdf, { dictionary }: PdfSignature): Date | undefined {
  const value = file.view().resolve(dictionary.entries.get('M'));
  return isString(value) ? dateOf(textOf(value)) : undefined;
}

function factsOf(pdf: SignedPdf, signature: PdfSignature, time: Date | undefined): EvidencePdfSignature {
  const view = pdf.file.view();
  const { entries } = signature.dictionary;
  const [type, subFilter] = ['Type', 'SubFilter'].map((key) => nameOf(view.resolve(entries.get(key))));
  const name = view.resolve(entries.get('Name'));
  const level = certifies(view, signature.dictionary);
  const whole = pdf.file.bytes.length;
  const all = [...pdf.signatures, ...pdf.timeStamps];
  return {
    ...(type === undefined ? {} : { type }),
    ...(subFilter === undefined ? {} : { subFilter }),
    named: isString(name) && textOf(name).trim() !== '',
    ...(time === undefined ? {} : { time: time.toISOString() }),
    faults: signature.faults,
    ...(signature.revision === undefined ? {} : { signedLength: signature.revision.bytes.length }),
    fileCovered: all.some(({ revision }) => revision?.bytes.length === whole),
    ...(level === undefined ? {} : { certifies: level }),
    changes: changesAfter(pdf, signature),
  };
}

/** What is known of the message itself once it was read. */
export function messageFacts(result: SignatureResult): EvidencePdfSignature['message'] {
  const [signer] = result.signers;
  const { certificate } = signer ?? {};
  return {
    // Some programs write their one signer twice (PoDoFo 0.9): that is one person.
    signers: new Set(
      result.signers.map(({ certificate: each }) => Buffer.from(each ?? []).toString('latin1')),
    ).size,
    certificateInside: result.certificates.some(
      (each) => certificate !== undefined && Buffer.compare(each, certificate) === 0,
    ),
    signedAttributes: signer?.hasSignedAttributes ?? false,
    signingTime: signer?.signingTime !== undefined,
    ...(signer?.digestAlgorithm === undefined ? {} : { digest: signer.digestAlgorithm }),
  };
}

/** The document time stamps over this signature, with what was in the file when each was made. */
function stampsOver(
  pdf: SignedPdf,
  signature: PdfSignature,
  certificates: readonly Uint8Array[],
): FoundTimeStamp[] {
  const from = signature.revision?.bytes.length ?? Number.MAX_SAFE_INTEGER;
  return pdf.timeStamps.flatMap((stamp) => {
    const { contents, faults, revision } = stamp;
    if (contents === undefined) return [];
    if (revision !== undefined && revision.bytes.length <= from) return [];
    const [fault] = faults;
    return findDocumentStamp(
      {
        token: contents,
        data: signedContent(pdf.file, stamp),
        covers: revision === undefined ? [] : coveredBy(pdf, revision.bytes.length, stamp),
        ...(fault === undefined ? {} : { rule: fault.rule }),
      },
      certificates,
    );
  });
}

function coveredBy(pdf: SignedPdf, length: number, stamp: PdfSignature): string[] {
  const earlier = [...pdf.signatures, ...pdf.timeStamps].filter(
    (each) => each !== stamp && (each.revision?.bytes.length ?? length) < length,
  );
  const store = stamp.revision === undefined ? undefined : readSecurityStore(stamp.revision);
  const values = [...(store?.certificates ?? []), ...(store?.crls ?? []), ...(store?.ocspResponses ?? [])];
  return [
    ...earlier.flatMap(({ contents }) => (contents === undefined ? [] : proven(contents))),
    ...values.map((value) => Buffer.from(sha256(value)).toString('hex')),
  ];
}
