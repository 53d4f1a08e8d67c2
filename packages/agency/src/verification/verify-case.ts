import type { Certificate } from '@madoguchi/pki';
import { type Answers, type Relation, readSubmission } from '@madoguchi/procedure';
import { appendAudit, enqueue, type Sql, type Task, type Tx } from '@madoguchi/store';
import { japaneseDay } from '@madoguchi/ui';
import { z } from 'zod';
import { auditChain } from '../cases/audit-chain.js';
import { appendAction, findCase } from '../cases/queries.js';
import { withdraw } from '../cases/relate.js';
import type { CaseState } from '../cases/state.js';
import { readSubmissionOf, submissionsOf } from '../cases/submissions.js';
import type { VerifyCaseInput } from '../options.js';
import { joinCosignature } from '../signers/join.js';
import { judgeMandate, mandateAbout } from '../signers/mandate.js';
import { identitiesOf, readSigning } from '../signers/signing.js';
import { signerName } from '../signers/wanted.js';
import { type ComparedCosigner, type CosignerFault, compareCosigner } from './cosigner.js';
import { type Examined, examine } from './examine.js';
import type { IdentityFinding } from './identity.js';
import type { Lights } from './lights.js';
import { mergeLights, type SignersLights } from './merge-lights.js';
import { insertVerification, keepRevocationData, lightsOfSigners, nonceTimeOf } from './queries.js';
import type { CitizenTrust } from './trust.js';

/**
 * Verifies a case that was opened: collects the evidence, evaluates it, compares the identity, stores all of it with the three lights, and
 * moves the case on. When only revocation information is missing (TRY_LATER), a job looks again later; a case is never
 * refused for that. Safe to run again: a later look is one more row, and the newest counts.
 */
export async function verifyCase(input: VerifyCaseInput<CitizenTrust>): Promise<Lights> {
  const { sql, agency, receiptNumber, opened, trust, clock } = input;
  const now = clock();
  const submission = opened.ok ? opened.value : undefined;
  const relation = submission?.application.relation;
  const [nonceTime, earlier] = await Promise.all([
    nonceTimeOf(sql, agency.code, input.submission ?? receiptNumber),
    input.submission === undefined ? undefined : firstApplicant(sql, agency.code, receiptNumber),
  ]);
  const seen = await examine({ ...input, now, nonceTime, earlier });
  const { found } = seen;
  if (found.signer !== undefined && isSigned(seen.lights)) await input.onSigned?.(found.signer);
  const cosigner =
    relation?.kind === 'cosigns'
      ? await lookAtCosigner(sql, agency.code, relation, {
          ...{ identity: seen.identity, signer: found.signer, trust, now },
          answers: submission?.application.answers ?? {},
        })
      : undefined;
  const intact = found.evidence.container?.intact !== false;
  const own: Lights =
    intact && cosigner !== undefined ? { ...seen.lights, identity: cosigner.light } : seen.lights;
  const lights =
    relation?.kind === 'cosigns' || submission?.definition.signers === undefined
      ? own
      : mergeLights(own, await signersLights(sql, agency.code, receiptNumber));
  await sql.begin((tx) => recordLook(tx, input, { ...seen, lights, cosigner, at: now }));
  return lights;
}

/** One look at a case as it is written down: action, audit entry and, of what relates to another case, its effect there. */
async function recordLook(
  tx: Tx,
  { agency: { code }, receiptNumber, submission: lookedAt, opened }: VerifyCaseInput<CitizenTrust>,
  look: Examined & { readonly cosigner: ComparedCosigner | undefined; readonly at: Date },
): Promise<void> {
  const { found, report, lights, cosigner, at } = look;
  const application = opened.ok ? opened.value.application : undefined;
  const relation = application?.relation;
  const pending = lights.validity.state === 'pending';
  // One look at a time; a decision that an officer took meanwhile stays.
  const [row] = await tx<{ state: CaseState }[]>`select state from agency.cases
    where agency = ${code} and receipt_number = ${receiptNumber} for update`;
  // The case that this one may join is held before the audit chain is: whoever holds that case waits for the chain.
  if (relation?.kind === 'cosigns' || relation?.kind === 'withdraws')
    await tx`select 1 from agency.cases
      where agency = ${code} and receipt_number = ${relation.receipt} for update`;
  await keepRevocationData(tx, code, found.data);
  const evidence = JSON.stringify(found.evidence);
  const seq = await insertVerification(tx, code, receiptNumber, {
    ...{ at, submission: lookedAt, evidence, report, lights },
  });
  const entry = { at, actor: 'verifier', detail: lookDetail(seq, lights) };
  const kind = pending ? 'tryLater' : 'verified';
  await appendAction(tx, code, receiptNumber, { ...entry, kind });
  await appendAudit(tx, auditChain(code), { ...entry, action: `case.${kind}`, subject: receiptNumber });
  if (relation?.kind === 'cosigns' && !pending && row?.state !== 'joined' && row?.state !== 'refused') {
    const rule =
      cosignerFault(lights, cosigner) ??
      (await joinCosignature(tx, code, { relation, submission: receiptNumber, at }));
    const refusal = { at, actor: 'reception', kind: 'refused' };
    if (rule !== undefined) await appendAction(tx, code, receiptNumber, { ...refusal, detail: { rule } });
  }
  if (relation?.kind === 'withdraws' && isSigned(lights) && application !== undefined)
    await withdraw(tx, code, { relation, submission: receiptNumber, application, at, mustMatch: true });
  if (pending) await enqueueLook(tx, code, receiptNumber, look.nextLook);
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
  look: {
    identity: IdentityFinding;
    signer: Certificate | undefined;
    trust: CitizenTrust;
    now: Date;
    /** Of what they signed. */
    answers: Answers;
  },
): Promise<ComparedCosigner | undefined> {
  const signing = await readSigning(sql, agency, relation.receipt);
  const wanted = signing?.progress.find((one) => one.wanted.id === relation.signer);
  if (signing === undefined || wanted === undefined) return undefined;
  const others = wanted.state === 'signed' ? [] : await identitiesOf(sql, agency, signing);
  const { person, rule } = wanted.wanted;
  const { identity, signer, trust, now, answers } = look;
  const filed = await findCase(sql, agency, relation.receipt);
  const mandate =
    rule.paper === 'mandate' && filed !== undefined
      ? judgeMandate(answers, mandateAbout(signing.submission, relation.receipt), {
          filedOn: japaneseDay(filed.arrivedAt),
          today: japaneseDay(now),
          isRevoked: wanted.revokedAt !== undefined,
        })
      : undefined;
  return compareCosigner(identity, signer, person, others, trust.variants?.current(), mandate);
}

/** The newest lights of everybody who signed with the applicant. */
async function signersLights(sql: Sql, agency: string, receiptNumber: string): Promise<SignersLights[]> {
  const signing = await readSigning(sql, agency, receiptNumber);
  const found: SignersLights[] = [];
  const looks = await lightsOfSigners(sql, agency, signing);
  for (const { wanted, receipt } of signing?.progress ?? []) {
    const lights = receipt === undefined ? undefined : looks.get(receipt);
    if (lights !== undefined) found.push({ name: signerName(wanted), lights });
  }
  return found;
}

/** Who signed it, and by what authority, is beyond doubt: a withdrawal then takes effect without a person. */
export function isSigned({ signature, validity }: Lights): boolean {
  return signature.state === 'good' && validity.state === 'good';
}

async function firstApplicant(sql: Sql, agency: string, receiptNumber: string) {
  const stored = await readSubmissionOf(sql, agency, receiptNumber);
  const read = stored && readSubmission(stored.container);
  return read?.ok ? read.value.application.applicant : undefined;
}

/** The job that looks again after TRY_LATER. */
export async function enqueueLook(tx: Tx, agency: string, receiptNumber: string, runAt: Date): Promise<void> {
  const key = `agency.verify:${agency}:${receiptNumber}`;
  await enqueue(tx, 'agency.verify', { agency, receiptNumber }, { runAt, key });
}

/** What action and audit entry tell of a look. */
export function lookDetail(seq: number, { signature, identity, validity }: Lights) {
  return {
    look: String(seq),
    signature: signature.state,
    identity: identity.state,
    validity: validity.state,
  };
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

/** `again`: something has changed about a case that was looked at. */
const payloadSchema = z.object({
  agency: z.string(),
  receiptNumber: z.string(),
  again: z.boolean().optional(),
});

/** The job that looks again after TRY_LATER, for all agencies of this process. */
export function verificationTasks(verifications: readonly Verification[]): Record<string, Task> {
  return {
    'agency.verify': async (payload) => {
      const { agency, receiptNumber, again } = payloadSchema.parse(payload);
      const verification = verifications.find((one) => one.agency.code === agency);
      if (verification === undefined) throw new Error(`no agency ${agency} in this process`);
      const row = await findCase(verification.sql, agency, receiptNumber);
      // Opened: the last who had to sign has just signed.
      const isDue = row?.state === 'tryLater' || row?.state === 'opened';
      if (isDue || (again && row?.state === 'verified')) await recheck(verification, receiptNumber);
    },
  };
}
