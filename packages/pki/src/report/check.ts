import type { Evidence } from './evidence.js';
import type { FindingId } from './findings.js';
import { type ReportSubIndication, subIndications } from './indications.js';
import type { Level, ValidationPolicy } from './policy.js';
import type { JudgedTimeStamp } from './time-stamp-proofs.js';

/** The two lights this report answers for: 署名 and 有効性. The third, 照合 (matching), is the agency's. */
export type BlockName = 'signature' | 'validity';

/** What a check runs on: the evidence, the rules, and the moments that bound the signing time. */
export interface CheckContext {
  readonly evidence: Evidence;
  readonly policy: ValidationPolicy;
  /** When the report is made. */
  readonly time: Date;
  /** Lower bound of the signing time, where one is proven. */
  readonly notEarlier: Date | undefined;
  /** Upper bound: the earliest of arrival and good time stamps, else the time of the report. */
  readonly notLater: Date;
  /** What time stamps prove: the moments at which things were there, by SHA-256. */
  readonly existedAt: ReadonlyMap<string, Date>;
  readonly stamps: readonly JudgedTimeStamp[];
}

/** A check that did not pass: the finding (its words are in a table), the sub-indication, and facts that are no words. */
export interface Finding {
  readonly finding: FindingId;
  readonly subIndication: ReportSubIndication;
  /** For the engineer: a rule, a time, an algorithm. Never a name or a serial number. */
  readonly detail?: string;
}

/** What `run` says of a question that does not arise, for instance about a signature that could not be read. */
export const notApplicable = 'notApplicable';

/** A check is data: `run` gives a finding, or undefined when the check passed. */
export interface Check {
  readonly id: string;
  readonly block: BlockName;
  readonly level: Level;
  readonly run: (context: CheckContext) => Finding | undefined | typeof notApplicable;
}

/** How one check of a report ended. */
export interface CheckResult {
  readonly id: string;
  readonly block: BlockName;
  readonly level: Level;
  readonly result: 'pass' | 'fail' | 'warn';
  readonly finding?: FindingId;
  readonly subIndication?: ReportSubIndication;
  readonly detail: string;
}

export interface Conclusion {
  readonly indication: 'PASSED' | 'FAILED' | 'INDETERMINATE';
  readonly subIndication?: ReportSubIndication;
  readonly finding?: FindingId;
}

/** Runs the checks in their order; none keeps another from running, so that a report names everything that is wrong. */
export function runChecks(checks: readonly Check[], context: CheckContext): CheckResult[] {
  const results: CheckResult[] = [];
  for (const { id, block, level: usual, run } of checks) {
    const level = context.policy.levels?.[id] ?? usual;
    if (level === 'IGNORE') continue;
    const found = run(context);
    if (found === notApplicable) continue;
    if (found === undefined) {
      // In the order in which a report is written (encodeReport).
      results.push({ block, detail: '', id, level, result: 'pass' });
      continue;
    }
    const { finding, subIndication, detail } = found;
    const result = level === 'FAIL' ? 'fail' : 'warn';
    results.push({
      id,
      block,
      level,
      result,
      finding,
      ...(result === 'fail' ? { subIndication } : {}),
      detail: detail ?? '',
    });
  }
  return results;
}

/** The first failure that is FAILED, else the first: a proof that something is wrong outweighs what is only open. */
export function conclude(results: readonly CheckResult[]): Conclusion {
  const failures = results.filter(({ result }) => result === 'fail');
  const definite = failures.find(({ subIndication }) => isFailed(subIndication));
  const worst = definite ?? failures[0];
  if (worst === undefined) return { indication: 'PASSED' };
  const { subIndication, finding } = worst;
  return {
    indication: definite === undefined ? 'INDETERMINATE' : 'FAILED',
    ...(subIndication === undefined ? {} : { subIndication }),
    ...(finding === undefined ? {} : { finding }),
  };
}

function isFailed(subIndication: ReportSubIndication | undefined): boolean {
  return subIndication !== undefined && subIndications[subIndication].under === 'FAILED';
}
