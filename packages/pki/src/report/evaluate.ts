import {
  type BlockName,
  type Check,
  type CheckContext,
  type CheckResult,
  type Conclusion,
  conclude,
  runChecks,
} from './check.js';
import type { Evidence } from './evidence.js';
import type { FindingId } from './findings.js';
import type { ReportSubIndication } from './indications.js';
import type { ValidationPolicy } from './policy.js';
import { nextAttempt } from './revocation.js';
import { signatureChecks } from './signature-checks.js';
import { type JudgedTimeStamp, judgeTimeStamps } from './time-stamp-proofs.js';
import { leafOf, validityChecks } from './validity-checks.js';

/** One light of the officer's desk: `pending` when only more revocation information is wanted. */
export interface ReportBlock extends Conclusion {
  readonly light: 'good' | 'check' | 'bad' | 'pending';
}

/** The verdict over a signature. Plain JSON; holds no name, address or serial number. */
export interface Report {
  readonly format: 'madoguchi-report/1';
  readonly policy: string;
  /** When it was evaluated, ISO 8601. */
  readonly time: string;
  /** The moment all was judged at: the earliest of arrival and good time stamps, else `time`. */
  readonly controlTime: string;
  readonly indication: 'TOTAL_PASSED' | 'TOTAL_FAILED' | 'INDETERMINATE';
  readonly subIndication?: ReportSubIndication;
  /** What decided; its words are in the table of findings. */
  readonly finding?: FindingId;
  readonly blocks: Readonly<Record<BlockName, ReportBlock>>;
  readonly checks: readonly CheckResult[];
  readonly signer?: {
    readonly certificateSha256: string;
    readonly signingTime?: string;
    readonly algorithm?: string;
    readonly notBefore: string;
    readonly notAfter: string;
  };
  /** The time stamps on the signature, newest archive time stamp first, and whether each counts as a proof of its time. */
  readonly timeStamps?: readonly {
    readonly kind: 'signature' | 'archive';
    readonly time?: string;
    readonly counts: boolean;
    readonly subIndication?: ReportSubIndication;
    readonly detail?: string;
  }[];
  /** With TRY_LATER: when to ask again. */
  readonly nextAttempt?: string;
}

const checks: readonly Check[] = [...signatureChecks, ...validityChecks];

/** The checks there are, in the order of a report: what a policy may give another level. */
export const checkIds: readonly string[] = checks.map(({ id }) => id);

/**
 * Judges evidence under a policy at a time. Pure: the same three give the same report, byte for byte through `encodeReport`,
 * whenever it is computed. The indications are those of ETSI EN 319 102-1; the agency's nonce is the lower and the
 * arrival the upper bound of the signing time, without an arrival it is `time`; a good time stamp that is earlier takes its place.
 */
export function evaluate(evidence: Evidence, policy: ValidationPolicy, time: Date): Report {
  const { nonceTime, arrivalTime } = evidence;
  const notEarlier = nonceTime === undefined ? undefined : new Date(nonceTime);
  const { stamps, signedBefore, existedAt } = judgeTimeStamps(evidence, policy, time, notEarlier);
  const arrived = arrivalTime === undefined ? time : new Date(arrivalTime);
  const context: CheckContext = {
    evidence,
    policy,
    time,
    notEarlier,
    notLater: signedBefore !== undefined && signedBefore < arrived ? signedBefore : arrived,
    existedAt,
    stamps,
  };
  const results = runChecks(checks, context);
  const total = conclude(results);
  const leaf = leafOf(context);
  const signer = evidence.signature?.signer;
  const wanted =
    total.subIndication === 'TRY_LATER' && leaf !== undefined ? nextAttempt(context, leaf) : undefined;
  return {
    format: 'madoguchi-report/1',
    policy: policy.id,
    time: time.toISOString(),
    controlTime: context.notLater.toISOString(),
    ...total,
    indication: totalIndication(total),
    blocks: { signature: blockOf('signature', results), validity: blockOf('validity', results) },
    checks: results,
    ...(leaf === undefined
      ? {}
      : {
          signer: {
            certificateSha256: leaf.sha256,
            ...(signer?.signingTime === undefined ? {} : { signingTime: signer.signingTime }),
            ...(signer?.algorithm === undefined ? {} : { algorithm: signer.algorithm }),
            notBefore: leaf.notBefore,
            notAfter: leaf.notAfter,
          },
        }),
    ...(stamps.length === 0 ? {} : { timeStamps: stamps.map(describeStamp) }),
    ...(wanted === undefined ? {} : { nextAttempt: wanted.toISOString() }),
  };
}

function describeStamp({ kind, time, fault }: JudgedTimeStamp): NonNullable<Report['timeStamps']>[number] {
  return {
    kind,
    ...(time === undefined ? {} : { time }),
    counts: fault === undefined,
    ...(fault === undefined ? {} : { subIndication: fault.subIndication, detail: fault.detail }),
  };
}

function totalIndication({ indication }: Conclusion): Report['indication'] {
  switch (indication) {
    case 'PASSED':
      return 'TOTAL_PASSED';
    case 'FAILED':
      return 'TOTAL_FAILED';
    case 'INDETERMINATE':
      return 'INDETERMINATE';
  }
}

function blockOf(block: BlockName, results: readonly CheckResult[]): ReportBlock {
  const conclusion = conclude(results.filter((result) => result.block === block));
  return { ...conclusion, light: lightOf(conclusion) };
}

function lightOf({ indication, subIndication }: Conclusion): ReportBlock['light'] {
  if (indication === 'PASSED') return 'good';
  if (indication === 'FAILED') return 'bad';
  return subIndication === 'TRY_LATER' ? 'pending' : 'check';
}

/** A report, of a signature or a document, as canonical bytes: JSON with sorted keys and no white space. */
export function encodeReport(report: object): Uint8Array {
  return Buffer.from(JSON.stringify(sorted(report)));
}

/**
 * The same with its keys in order, so that the engine writes it in one go: reports are made by the thousand. What is in order already is not copied. Keys that
 * look like numbers, which an object would put first, no report has.
 */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isInOrder(value)) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const members = Object.entries(value).map(([key, member]) => [key, sorted(member)] as const);
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isInOrder(value: object): boolean {
  const nests = (member: unknown) => typeof member === 'object' && member !== null;
  if (Array.isArray(value)) return value.every((item) => !nests(item) || isInOrder(item as object));
  const members = value as Readonly<Record<string, unknown>>;
  return Object.keys(value).every(
    (key, index, keys) =>
      (keys[index - 1] ?? '') <= key && (!nests(members[key]) || isInOrder(members[key] as object)),
  );
}
