import { createHash } from 'node:crypto';
import type { DocumentEvidence, RevocationSource, ValidationPolicy } from '@madoguchi/pki';
import { askResponders, type OcspSend, type ResponderAddress } from './ask-responders.js';
import type { DocumentFormat, GivenFile, Trust } from './format.js';

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
export async function collectDocument(input: CollectInput): Promise<DocumentEvidence> {
  const { format, file, content, policy, time } = input;
  const gather = (more: Pick<Trust, 'revocation' | 'attempts'>) =>
    format.gather({
      file,
      ...(content === undefined ? {} : { content }),
      ...(input.beside === undefined ? {} : { beside: input.beside }),
      trust: { ...input.trust, ...more, policy: policy.id, time },
    });
  let signatures = gather({ revocation: input.trust.revocation });
  if (input.ocsp !== undefined) {
    const found = signatures.map(({ evidence }) => evidence);
    const { revocation, attempts } = await askResponders(found, input.ocsp);
    signatures = gather({ revocation: [...input.trust.revocation, ...revocation], attempts });
  }
  return {
    format: 'madoguchi-document-evidence/1',
    gatheredAt: time.toISOString(),
    policy,
    document: {
      name: file.name,
      size: file.bytes.length,
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
      form: format.title,
    },
    signatures,
  };
}
