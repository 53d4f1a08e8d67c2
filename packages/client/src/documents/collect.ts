import { createHash } from 'node:crypto';
import type { DocumentEvidence, FoundSignature, RevocationSource, ValidationPolicy } from '@madoguchi/pki';
import { askResponders, type OcspSend, type ResponderAddress } from './ask-responders.js';
import type { DocumentFormat, GivenFile, Trust } from './format.js';
import type { LargeDocument } from './large.js';

export interface CollectInput {
  readonly format: DocumentFormat;
  readonly file: GivenFile;
  /** What a detached signature was made over. */
  readonly content?: GivenFile;
  /** Files that lie beside it, of those that the format's `filesBeside` names. */
  readonly beside?: readonly GivenFile[];
  readonly trust: Omit<Trust, 'policy' | 'time' | 'attempts' | 'revocation'> & {
    readonly revocation: readonly RevocationSource[];
  };
  readonly policy: ValidationPolicy;
  /** The time of the evaluation. */
  readonly time: Date;
  /** Where OCSP responders are to be asked. */
  readonly ocsp?: {
    readonly addressOf: ResponderAddress;
    readonly send: OcspSend;
    readonly clock: () => Date;
  };
}

/** Collects the evidence about a file, asking responders where that is wanted. No judgement is made here: see `evaluateDocument` of pki. */
export function collectDocument(input: CollectInput): Promise<DocumentEvidence> {
  const { format, file, content } = input;
  const gather = (trust: Trust) =>
    format.gather({
      file,
      ...(content === undefined ? {} : { content }),
      ...(input.beside === undefined ? {} : { beside: input.beside }),
      trust,
    });
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  return collect(input, gather, { name: file.name, size: file.bytes.length, sha256, form: format.title });
}

/** The same about a document too large for the memory, which has been read (`readLarge`). */
export function collectLargeDocument(
  input: Omit<CollectInput, 'file' | 'content' | 'beside'> & {
    readonly name: string;
    readonly size: number;
    readonly document: LargeDocument;
  },
): Promise<DocumentEvidence> {
  const { document, name, size, format } = input;
  const gather = (trust: Trust) => document.gather(trust);
  return collect(input, gather, { name, size, sha256: document.sha256, form: format.title });
}

async function collect(
  input: Pick<CollectInput, 'trust' | 'policy' | 'time' | 'ocsp'>,
  gatherWith: (trust: Trust) => FoundSignature[],
  document: DocumentEvidence['document'],
): Promise<DocumentEvidence> {
  const { policy, time } = input;
  const gather = (more: Pick<Trust, 'revocation' | 'attempts'>) =>
    gatherWith({ ...input.trust, ...more, policy: policy.id, time });
  let signatures = gather({ revocation: input.trust.revocation });
  if (input.ocsp !== undefined) {
    const found = signatures.map(({ evidence }) => evidence);
    const { revocation, attempts } = await askResponders(found, input.ocsp);
    signatures = gather({ revocation: [...input.trust.revocation, ...revocation], attempts });
  }
  const gatheredAt = time.toISOString();
  return { format: 'madoguchi-document-evidence/1', gatheredAt, policy, document, signatures };
}
