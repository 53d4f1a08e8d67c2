import { evaluate, type Report } from './evaluate.js';
import type { Evidence } from './evidence.js';
import type { FindingId } from './findings.js';
import type { ReportSubIndication } from './indications.js';
import type { ValidationPolicy } from './policy.js';

/** A file, or part of one, that a signature covers. */
export interface CoveredFile {
  /** Absent where the format gives it none (content inside a CMS). */
  readonly name?: string;
  readonly sha256: string;
  /** Octets. */
  readonly size: number;
}

/** One signature found in a document: each signer of each message has its own. */
export interface FoundSignature {
  /** What tells it from the others in the same document: a number from 1, a field's name. */
  readonly id: string;
  readonly covers: readonly CoveredFile[];
  readonly evidence: Evidence;
}

/** The file that was looked at. */
export interface SignedDocument {
  /** Its name without a folder. */
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  /** The format's proper name: CAdES, ASiC-E. */
  readonly form: string;
}

/**
 * Everything that was found about a signed file, frozen: what it is, when it was looked at, the policy it was collected for, and the evidence
 * of each signature. Plain JSON (docs/schemas/evidence.json); evaluated again it gives the same report, byte for byte.
 */
export interface DocumentEvidence {
  readonly format: 'madoguchi-document-evidence/1';
  /** ISO 8601, UTC: the time of evaluation, unless another is given. */
  readonly gatheredAt: string;
  readonly policy: ValidationPolicy;
  readonly document: SignedDocument;
  readonly signatures: readonly FoundSignature[];
}

/** The verdict over a file: that of its gravest signature, and the report of each. Names of files are in it, names of people are not. */
export interface DocumentReport {
  readonly format: 'madoguchi-document-report/1';
  readonly policy: string;
  readonly time: string;
  readonly document: SignedDocument;
  readonly indication: 'TOTAL_PASSED' | 'TOTAL_FAILED' | 'INDETERMINATE' | 'NO_SIGNATURE_FOUND';
  readonly subIndication?: ReportSubIndication;
  readonly finding?: FindingId;
  readonly signatures: readonly {
    readonly id: string;
    readonly covers: readonly CoveredFile[];
    readonly report: Report;
  }[];
}

/** Judges every signature of a document. Pure, as `evaluate`; without policy and time, those of the evidence. */
export function evaluateDocument(
  evidence: DocumentEvidence,
  policy: ValidationPolicy = evidence.policy,
  time: Date = new Date(evidence.gatheredAt),
): DocumentReport {
  const signatures = evidence.signatures.map(({ id, covers, evidence: found }) => ({
    id,
    covers,
    report: evaluate(found, policy, time),
  }));
  const reports = signatures.map(({ report }) => report);
  const gravest =
    reports.find(({ indication }) => indication === 'TOTAL_FAILED') ??
    reports.find(({ indication }) => indication === 'INDETERMINATE') ??
    reports[0];
  return {
    format: 'madoguchi-document-report/1',
    policy: policy.id,
    time: time.toISOString(),
    document: evidence.document,
    indication: gravest?.indication ?? 'NO_SIGNATURE_FOUND',
    ...(gravest?.subIndication === undefined ? {} : { subIndication: gravest.subIndication }),
    ...(gravest?.finding === undefined ? {} : { finding: gravest.finding }),
    signatures,
  };
}
