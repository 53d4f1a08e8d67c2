import {
  type Certificate,
  citizenSignaturePolicy,
  encodeReport,
  evaluate,
  type ValidationPolicy,
} from '@madoguchi/pki';
import { type Relation, readSubmission } from '@madoguchi/procedure';
import { appendAudit, enqueue, type Sql, type Task } from '@madoguchi/store';
import { z } from 'zod';
import { auditChain } from '../cases/audit-chain.js';
import { appendAction, findCase } from '../cases/queries.js';
import { withdraw } from '../cases/relate.js';
import type { CaseState } from '../cases/state.js';
import { readSubmissionOf, submissionsOf } from '../cases/submissions.js';
import type { VerifyCaseInput } from '../options.js';
import { joinCosignature } from '../signers/join.js';
import { identitiesOf, readSigning } from '../signers/signing.js';
import { signerName } from '../signers/wanted.js';
import { collect } from './collect.js';
import { type ComparedCosigner, type CosignerFault, compareCosigner } from './cosigner.js';
import { compareIdentity, type IdentityFinding } from './identity.js';
import { identityLight, type Lights, notExamined, signatureLight, validityLight } from './lights.js';
import { mergeLights, type SignersLights } from './merge-lights.js';
import { personChecks, typedPersons } from './persons.js';
import { insertVerification, keepRevocationData, latestVerification, nonceTimeOf } from './queries.js';
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
    // Who signs with somebody is compared with what was typed of them: they may live anywhere.
    submission?.application.relation?.kind === 'cosigns' ? undefined : trust.residents,
    trust.variants,
    input.submission === undefined ? undefined : await firstApplicant(sql, agency.code, receiptNumber),
  );
  const persons =
    submission === undefined || submission.application.relation?.kind === 'cosigns'
      ? []
      : await personChecks(
          typedPersons(submission.definition, submission.application),
          trust.residents,
          trust.variants,
        );
  const relation = submission?.application.relation;
  const cosigner =
    relation?.kind === 'cosigns'
      ? await lookAtCosigner(sql, agency.code, relation, identity, found.signer, trust)
      : undefined;
  const intact = found.evidence.container?.intact !== false;
  const own: Lights = {
    signature: signatureLight(report, opened.ok ? undefined : opened.rule),
    identity: intact ? (cosigner?.light ?? identityLight(identity, persons)) : notExamined,
    validity: intact ? validityLight(report, found.evidence, found.crlNumbers, found.problems) : notExamined,
  };
  const lights =
    relation?.kind === 'cosigns'
      ? own
      : mergeLights(own, await signersLights(sql, agency.code, receiptNumber));
  const pending = lights.validity.state === 'pending';
  await sql.begin(async (tx) => {
    // One look at a time; a decision that an officer took meanwhile stays.
    const [row] = await tx<{ state: CaseState }[]>`select state from agency.cases
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
    if (relation?.kind === 'cosigns' && !pending && row?.state !== 'joined' && row?.state !== 'refused') {
      const rule =
        cosignerFault(lights, cosigner) ??
        (await joinCosignature(tx, agency.code, { relation, submission: receiptNumber, at: now }));
      if (rule !== undefined)
        await appendAction(tx, agency.code, receiptNumber, {
          at: now,
          actor: 'reception',
          kind: 'refused',
          detail: { rule },
        });
    }
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

/** A co-signature that is not good does not count: told at once, so that its signer can sign again. */
function cosignerFault(
  { signature, validity }: Lights,
  cosigner: ComparedCosigner | undefined,
): CosignerFault | 'cosign.signature' | 'cosign.validity' | undefined {
  if (signature.state === 'bad') return 'cosign.signature';
  return cosigner?.fault ?? (validity.state === 'bad' ? 'cosign.validity' : undefined);
}

async function lookAtCosigner(
  sql: Sql,
  agency: string,
  relation: Relation,
  identity: IdentityFinding,
  signer: Certificate | undefined,
  trust: CitizenTrust,
): Promise<ComparedCosigner | undefined> {
  const signing = await readSigning(sql, agency, relation.receipt);
  const wanted = signing?.progress.find((one) => one.wanted.id === relation.signer);
  if (signing === undefined || wanted === undefined) return undefined;
  const others = wanted.state === 'signed' ? [] : await identitiesOf(sql, agency, signing);
  return compareCosigner(identity, signer, wanted.wanted.person, others, trust.variants);
}

/** The newest lights of everybody who signed with the applicant. */
async function signersLights(sql: Sql, agency: string, receiptNumber: string): Promise<SignersLights[]> {
  const signing = await readSigning(sql, agency, receiptNumber);
  const found: SignersLights[] = [];
  for (const { wanted, receipt } of signing?.progress ?? []) {
    const look = receipt === undefined ? undefined : await latestVerification(sql, agency, receipt);
    if (look !== undefined) found.push({ name: signerName(wanted), lights: look.lights });
  }
  return found;
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
  const signing = await readSigning(sql, agency.code, receiptNumber);
  for (const { receipt } of signing?.progress ?? [])
    if (receipt !== undefined) await recheck(verification, receipt);
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
      // Opened: the last who had to sign has just signed.
      if (row?.state === 'tryLater' || row?.state === 'opened') await recheck(verification, receiptNumber);
    },
  };
}
