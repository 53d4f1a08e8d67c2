import { type Application, type Relation, sha256Hex } from '@madoguchi/procedure';
import { appendAudit, type Tx } from '@madoguchi/store';
import { matchIdentity } from '../matching/index.js';
import { mandateFault, mandateOf } from '../signers/standing.js';
import { auditChain } from './audit-chain.js';
import { daysBetween } from './due-date.js';
import { appendAction } from './queries.js';
import { type CaseState, undecided } from './state.js';
import { currentApplication } from './submissions.js';

/** Why a submission does not join the case that it names. */
export type RelationFault = 'relation.unknown' | 'relation.digest' | 'relation.state' | 'relation.mandate';

/** The rules, without a database. `digest`: of the application the case now stands on, undefined where there is none. */
export function relationFault(
  relation: Relation,
  state: CaseState | undefined,
  digest: string | undefined,
): RelationFault | undefined {
  if (state === undefined || digest === undefined) return 'relation.unknown';
  // Bound to the very bytes: two corrections under way at once cannot both count, nor a signature under what was corrected since.
  if (digest !== relation.application) return 'relation.digest';
  const open: Record<Relation['kind'], readonly CaseState[]> = {
    corrects: ['correction'],
    cosigns: ['cosigning'],
    withdraws: undecided,
  };
  return open[relation.kind].includes(state) ? undefined : 'relation.state';
}

const powerOf = { corrects: 'correct', withdraws: 'withdraw' } as const;

/** Holds the case that a relation names until the transaction ends, and judges whether a submission may join it now: a representative only what their mandate allows. */
export async function lockRelated(
  tx: Tx,
  agency: string,
  relation: Relation,
  at: Date,
): Promise<RelationFault | undefined> {
  const [row] = await tx<{ state: CaseState }[]>`select state from agency.cases
    where agency = ${agency} and receipt_number = ${relation.receipt} for update`;
  const current = row && (await currentApplication(tx, agency, relation.receipt));
  const fault = relationFault(relation, row?.state, current && sha256Hex(current.bytes));
  if (fault !== undefined || relation.kind === 'cosigns') return fault;
  const mandate = await mandateOf(tx, agency, relation.receipt, at);
  return mandateFault(mandate, powerOf[relation.kind]) === undefined ? undefined : 'relation.mandate';
}

/**
 * Makes a correction part of the case that it answers, in the caller's transaction, which holds that case. The days that the applicant took do
 * not count against the office: the case's day moves by them.
 */
export async function joinCorrection(
  tx: Tx,
  agency: string,
  input: { relation: Relation; submission: string; application: Application; at: Date; arrivedAt: Date },
): Promise<void> {
  const { relation, submission, application, at, arrivedAt } = input;
  const receipt = relation.receipt;
  const before = await currentApplication(tx, agency, receipt);
  const [asked] = await tx<{ at: Date }[]>`select at from agency.actions
    where agency = ${agency} and receipt_number = ${receipt} and kind = 'correctionAsked' order by seq desc limit 1`;
  const days = asked === undefined ? 0 : daysBetween(asked.at, arrivedAt);
  await tx`update agency.cases set correct_by = null, due_on = due_on + ${days}::int,
      applicant_name = ${application.applicant.name},
      authentication_key = coalesce(authentication_key, ${application.authenticationKey ?? null})
    where agency = ${agency} and receipt_number = ${receipt}`;
  await tx`update agency.cases set joins = ${receipt} where agency = ${agency} and receipt_number = ${submission}`;
  await appendAction(tx, agency, receipt, {
    at,
    actor: 'applicant',
    kind: 'corrected',
    detail: { receipt: submission, changed: changedBy(relation, before?.application, application) },
  });
  await appendAction(tx, agency, submission, {
    at,
    actor: 'reception',
    kind: 'joined',
    detail: { receipt },
  });
  await appendAudit(tx, auditChain(agency), {
    at,
    actor: 'reception',
    action: 'case.corrected',
    subject: receipt,
    detail: { submission },
  });
}

/**
 * Ends a case because its applicant withdraws it by a submission of their own. `mustMatch`: only when the withdrawal names the same person as the
 * application; an officer who accepts a withdrawal has judged that. False when nothing happened.
 */
export async function withdraw(
  tx: Tx,
  agency: string,
  input: { relation: Relation; submission: string; application: Application; at: Date; mustMatch: boolean },
): Promise<boolean> {
  const { relation, submission, application, at } = input;
  if ((await lockRelated(tx, agency, relation, at)) !== undefined) return false;
  const current = await currentApplication(tx, agency, relation.receipt);
  if (current === undefined) return false;
  if (input.mustMatch && !isSamePerson(current.application, application)) return false;
  await tx`update agency.cases set joins = ${relation.receipt}, correct_by = null
    where agency = ${agency} and receipt_number = ${submission}`;
  await tx`update agency.cases set correct_by = null where agency = ${agency} and receipt_number = ${relation.receipt}`;
  await appendAction(tx, agency, relation.receipt, {
    at,
    actor: 'applicant',
    kind: 'withdrawn',
    detail: { receipt: submission },
  });
  await appendAction(tx, agency, submission, {
    at,
    actor: 'reception',
    kind: 'joined',
    detail: { receipt: relation.receipt },
  });
  await appendAudit(tx, auditChain(agency), {
    at,
    actor: 'reception',
    action: 'case.withdrawn',
    subject: relation.receipt,
    detail: { submission },
  });
  return true;
}

/** Name and date of birth, by the rules of 照合. The address may have changed since. */
function isSamePerson(earlier: Application, later: Application): boolean {
  const { name, birthDate } = matchIdentity({ certificate: later.applicant, application: earlier.applicant });
  return name.verdict === 'match' && birthDate.verdict === 'match';
}

/** What a correction changed, by names; everything where its applicant's own data have. */
function changedBy({ changed = [] }: Relation, before: Application | undefined, after: Application): string {
  const isSame = before !== undefined && JSON.stringify(before.applicant) === JSON.stringify(after.applicant);
  return [...changed, ...(isSame ? [] : ['*'])].join(',');
}
