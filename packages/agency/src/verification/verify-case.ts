import { citizenSignaturePolicy, encodeReport, evaluate, type ValidationPolicy } from '@madoguchi/pki';
import { readSubmission } from '@madoguchi/procedure';
import { appendAudit, enqueue, type Sql, type Task } from '@madoguchi/store';
import { z } from 'zod';
import { auditChain } from '../cases/audit-chain.js';
import { appendAction, findCase } from '../cases/queries.js';
import { withdraw } from '../cases/relate.js';
import { readSubmissionOf, submissionsOf } from '../cases/submissions.js';
import type { VerifyCaseInput } from '../options.js';
import { collect } from './collect.js';
import { compareIdentity } from './identity.js';
import { identityLight, type Lights, notExamined, signatureLight, validityLight } from './lights.js';
import { personChecks, typedPersons } from './persons.js';
import { insertVerification, keepRevocationData, nonceTimeOf } from './queries.js';
import type { CitizenTrust } from './trust.js';

const SOONEST_MS = 60_000;
const LATEST_MS = 3600_000;
const USUAL_MS = 5 * 60_000;

/**
 * Verifies a case that was opened: collects the evidence, evaluates it, compares the identity, stores all of it with the three lights, and
 * moves the case on. When only revocation information is missing (TRY_LATER), a job looks again later; a case is never
 * refused for that. Safe to run again: a later look is one more row, and the newest counts.
 */
export async function verifyCase(input: VerifyCaseInput<CitizenTrust>): Promise<Lights> {
  const { sql, agency, receiptNumber, opened, trust, clock } = input;
  const now = clock();
  const policy: ValidationPolicy = { ...(trust.policy ?? citizenSignaturePolicy), demo: trust.demo };
  const nonceTime = await nonceTimeOf(sql, agency.code, input.submission ?? receiptNumber);
  const found = await collect({
    container: input.container,
    policy,
    trust,
    ...(nonceTime === undefined ? {} : { nonceTime }),
    arrivedAt: input.arrivedAt,
    now,
  });
  const report = evaluate(found.evidence, policy, now);
  const submission = opened.ok ? opened.value : undefined;
  const identity = await compareIdentity(
    found.signer,
    submission?.application.applicant,
    submission?.definition.match ?? ['name', 'address', 'birthDate', 'sex'],
    trust.residents,
    trust.variants,
    input.submission === undefined ? undefined : await firstApplicant(sql, agency.code, receiptNumber),
  );
  const persons =
    submission === undefined
      ? []
      : await personChecks(
          typedPersons(submission.definition, submission.application),
          trust.residents,
          trust.variants,
        );
  const intact = found.evidence.container?.intact !== false;
  const lights: Lights = {
    signature: signatureLight(report, opened.ok ? undefined : opened.rule),
    identity: intact ? identityLight(identity, persons) : notExamined,
    validity: intact ? validityLight(report, found.evidence, found.crlNumbers, found.problems) : notExamined,
  };
  const pending = lights.validity.state === 'pending';
  await sql.begin(async (tx) => {
    // One look at a time; a decision that an officer took meanwhile stays.
    await tx`select 1 from agency.cases
      where agency = ${agency.code} and receipt_number = ${receiptNumber} for update`;
    await keepRevocationData(tx, agency.code, found.data);
    const seq = await insertVerification(tx, agency.code, receiptNumber, {
      at: now,
      submission: input.submission,
      evidence: JSON.stringify(found.evidence),
      report: Buffer.from(encodeReport(report)).toString('utf8'),
      lights,
    });
    const detail = {
      look: String(seq),
      signature: lights.signature.state,
      identity: lights.identity.state,
      validity: lights.validity.state,
    };
    await appendAction(tx, agency.code, receiptNumber, {
      at: now,
      actor: 'verifier',
      kind: pending ? 'tryLater' : 'verified',
      detail,
    });
    await appendAudit(tx, auditChain(agency.code), {
      at: now,
      actor: 'verifier',
      action: pending ? 'case.tryLater' : 'case.verified',
      subject: receiptNumber,
      detail,
    });
    const relation = submission?.application.relation;
    if (relation?.kind === 'withdraws' && isSigned(lights) && submission !== undefined)
      await withdraw(tx, agency.code, {
        relation,
        submission: receiptNumber,
        application: submission.application,
        at: now,
        mustMatch: true,
      });
    if (pending) {
      const payload = { agency: agency.code, receiptNumber };
      await enqueue(tx, 'agency.verify', payload, {
        runAt: nextLook(now, report.nextAttempt),
        key: `agency.verify:${agency.code}:${receiptNumber}`,
      });
    }
  });
  return lights;
}

/** Who signed it, and by what authority, is beyond doubt: a withdrawal then takes effect without a person. */
function isSigned({ signature, validity }: Lights): boolean {
  return signature.state === 'good' && validity.state === 'good';
}

async function firstApplicant(sql: Sql, agency: string, receiptNumber: string) {
  const stored = await readSubmissionOf(sql, agency, receiptNumber);
  const read = stored && readSubmission(stored.container);
  return read?.ok ? read.value.application.applicant : undefined;
}

/** When new information is expected, but not at once and not much later than an hour. */
function nextLook(now: Date, wanted: string | undefined): Date {
  const wait = wanted === undefined ? USUAL_MS : Date.parse(wanted) - now.getTime();
  return new Date(now.getTime() + Math.min(LATEST_MS, Math.max(SOONEST_MS, wait)));
}

/** Where one agency's cases are verified again. */
export interface Verification {
  readonly sql: Sql;
  readonly agency: { readonly code: string; readonly name: string };
  readonly trust: CitizenTrust;
  readonly clock: () => Date;
}

/** もう一度確かめる: fetches fresh information and looks again. Undefined when there is no such opened case. */
export async function recheck(
  verification: Verification,
  receiptNumber: string,
): Promise<Lights | undefined> {
  const { sql, agency } = verification;
  const newest = (await submissionsOf(sql, agency.code, receiptNumber)).at(-1) ?? receiptNumber;
  const stored = await readSubmissionOf(sql, agency.code, newest);
  if (stored === undefined) return undefined;
  const { container, arrivedAt } = stored;
  return verifyCase({
    ...verification,
    receiptNumber,
    ...(newest === receiptNumber ? {} : { submission: newest }),
    container,
    arrivedAt,
    opened: readSubmission(container),
  });
}

const payloadSchema = z.object({ agency: z.string(), receiptNumber: z.string() });

/** The job that looks again after TRY_LATER, for all agencies of this process. */
export function verificationTasks(verifications: readonly Verification[]): Record<string, Task> {
  return {
    'agency.verify': async (payload) => {
      const { agency, receiptNumber } = payloadSchema.parse(payload);
      const verification = verifications.find((one) => one.agency.code === agency);
      if (verification === undefined) throw new Error(`no agency ${agency} in this process`);
      const row = await findCase(verification.sql, agency, receiptNumber);
      if (row?.state === 'tryLater') await recheck(verification, receiptNumber);
    },
  };
}
