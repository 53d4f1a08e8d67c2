import { appendAudit, enqueue, type Sql, type Tx } from '@madoguchi/store';
import { auditChain } from '../cases/audit-chain.js';
import { pausable } from '../cases/pause.js';
import { appendAction } from '../cases/queries.js';
import { withdraw } from '../cases/relate.js';
import { type CaseState, undecided } from '../cases/state.js';
import { currentApplication } from '../cases/submissions.js';
import { settle } from '../links/decide-match.js';
import { hasParts } from '../parts/case-parts.js';
import { replyJob } from '../replies/reply.js';
import { joinCosignature } from '../signers/join.js';
import type { Lights } from '../verification/lights.js';
import { latestVerification } from '../verification/queries.js';
import type { Act } from './roles.js';

export type Decision = 'accept' | 'proposeAccept' | 'correct' | 'reject' | 'proposeReject' | 'note';
export const decisions: readonly Decision[] = [
  ...(['accept', 'proposeAccept', 'correct', 'reject', 'proposeReject', 'note'] as const),
];

/** What a role must allow for each of them. */
export const actOf: Record<Decision, Act> = {
  accept: 'decide',
  reject: 'decide',
  proposeAccept: 'propose',
  proposeReject: 'propose',
  correct: 'correct',
  note: 'note',
};

const kindOf: Record<Decision, string> = {
  accept: 'accepted',
  correct: 'correctionAsked',
  reject: 'rejected',
  note: 'note',
  proposeAccept: 'proposed',
  proposeReject: 'proposed',
};

/** Decisions for a page: what the officer may do, and what is possible now. Who may decide has no need to propose, unless two must agree. */
export function decisionsFor(
  mayDo: (act: Act) => boolean,
  fourEyes: boolean,
  isOpen: (decision: Decision) => boolean,
): Decision[] {
  const proposes = fourEyes || !mayDo('decide');
  return decisions.filter(
    (decision) => mayDo(actOf[decision]) && (actOf[decision] !== 'propose' || proposes) && isOpen(decision),
  );
}

/** Why a decision was not taken. */
export type DecisionFault =
  | 'decided'
  | 'changed'
  | 'reason'
  | 'reasonLength'
  | 'signature'
  | 'unopened'
  | 'until'
  | 'withdrawal'
  | 'cosigning'
  | 'cosignature'
  | 'parts'
  | 'blocked'
  | 'partCorrection'
  | 'locked'
  | 'paused'
  | 'duplicate'
  | 'fourEyes';

/** What the applicant is asked to correct. */
export interface CorrectionAsked {
  /** Names of answers and attachment rules. Empty: the reason says what. */
  readonly fields: readonly string[];
  /** YYYY-MM-DD: the last day, in Japan. */
  readonly until: string;
}

export const REASON_LIMIT = 2000;

/** The rules, without a database: may this be decided, on a case in this state, with these lights, for this reason? */
export function checkDecision(
  decision: Decision,
  state: CaseState,
  lights: Lights | undefined,
  reason: string,
): DecisionFault | undefined {
  if (reason.length > REASON_LIMIT) return 'reasonLength';
  if (decision === 'note') return reason === '' ? 'reason' : undefined;
  if (!undecided.some((open) => open === state)) return 'decided';
  if (lights === undefined) return 'unopened';
  if (decision !== 'accept' && decision !== 'proposeAccept') return reason === '' ? 'reason' : undefined;
  if (state === 'cosigning') return 'cosigning';
  // What was not signed by the card's key is no application; the other lights leave room for a person's judgement.
  if (lights.signature.state === 'bad') return 'signature';
  const allGood = Object.values(lights).every((light) => light.state === 'good');
  return allGood || reason !== '' ? undefined : 'reason';
}

/** A decision as an officer's form says it. */
export interface DecisionInput {
  decision: Decision;
  reason: string;
  /** The newest action the officer had before their eyes. */
  seen: number;
  officer: string;
  at: Date;
  correction?: CorrectionAsked | undefined;
  /** Another officer must have proposed it. */
  fourEyes?: boolean | undefined;
}

/** What the action of a decision keeps, beside what it is based on. */
export function decisionDetail(
  { decision, reason }: DecisionInput,
  correction: CorrectionAsked | undefined,
): Record<string, string> {
  return {
    ...(reason === '' ? {} : { reason }),
    ...(decision === 'proposeAccept' ? { proposal: 'accept' } : {}),
    ...(decision === 'proposeReject' ? { proposal: 'reject' } : {}),
    ...(correction === undefined ? {} : { fields: correction.fields.join(','), until: correction.until }),
  };
}

/**
 * Takes a decision: one more action on the case, never a change of an old one, with the reason, and an entry in the audit chain (without
 * the reason's text). When another action came since what the officer has seen, nothing happens.
 */
export async function decide(
  sql: Sql,
  agency: string,
  receiptNumber: string,
  input: DecisionInput,
): Promise<DecisionFault | undefined> {
  return sql.begin(async (tx) => {
    const at = { tx, agency, receiptNumber };
    const judged = await judge(at, input);
    if (!judged.ok) return judged.fault;
    const fault = await carryOut(at, input);
    if (fault === undefined) await record(at, input, judged.look);
    return fault;
  });
}

/** The case that is decided, in the transaction of its decision. */
interface CaseAt {
  readonly tx: Tx;
  readonly agency: string;
  readonly receiptNumber: string;
}

type Look = Awaited<ReturnType<typeof latestVerification>>;

/** Locks the case and gives the look that the decision rests on; or why it may not be taken. */
async function judge(
  { tx, agency, receiptNumber }: CaseAt,
  { decision, reason, seen, officer, at, correction, fourEyes }: DecisionInput,
): Promise<{ ok: true; look: Look } | { ok: false; fault: DecisionFault }> {
  const refuse = (fault: DecisionFault) => ({ ok: false as const, fault });
  const [row] = await tx<{ state: CaseState; assignedTo: string | null; pausedAt: Date | null }[]>`
    select state, assigned_to as "assignedTo", paused_at as "pausedAt" from agency.cases
    where agency = ${agency} and receipt_number = ${receiptNumber} for update`;
  if (row === undefined) return refuse('changed');
  const [newest] = await tx<{ seq: number }[]>`select coalesce(max(seq), 0)::int as seq from agency.actions
    where agency = ${agency} and receipt_number = ${receiptNumber}`;
  if (newest?.seq !== seen) return refuse('changed');
  // Somebody else works on it: a note may be left, a decision is theirs until it is taken over.
  if (decision !== 'note' && row.assignedTo !== null && row.assignedTo !== officer) return refuse('locked');
  if (decision !== 'note' && row.pausedAt !== null && pausable.includes(row.state)) return refuse('paused');
  const look = await latestVerification(tx, agency, receiptNumber);
  const fault = checkDecision(decision, row.state, look?.lights, reason);
  if (fault !== undefined) return refuse(fault);
  // What its offices decide is not decided over their heads; where it never came to them, it can be rejected.
  const isWhole = decision !== 'note' && decision !== 'correct' && row.state !== 'cosigning';
  if (isWhole && (await hasParts(tx, agency, receiptNumber))) return refuse('parts');
  const needsTwo = fourEyes && (decision === 'accept' || decision === 'reject');
  if (needsTwo && !(await isProposed(tx, agency, receiptNumber, { decision, officer })))
    return refuse('fourEyes');
  if (decision === 'correct' && correction !== undefined && !isLater(correction.until, at))
    return refuse('until');
  return { ok: true, look };
}

/** What an accepted co-signature or withdrawal does to the application that it is about; or why it cannot. */
async function carryOut(
  { tx, agency, receiptNumber: submission }: CaseAt,
  { decision, at }: DecisionInput,
): Promise<DecisionFault | undefined> {
  const submitted = await currentApplication(tx, agency, submission);
  const relation = submitted?.application.relation;
  if (relation?.kind === 'cosigns') {
    if (decision === 'correct') return 'cosignature';
    if (decision !== 'accept') return undefined;
    return (await joinCosignature(tx, agency, { relation, submission, at })) && 'cosignature';
  }
  if (relation?.kind !== 'withdraws' || submitted === undefined || decision !== 'accept') return undefined;
  const { application } = submitted;
  const done = await withdraw(tx, agency, { relation, submission, application, at, mustMatch: false });
  return done ? undefined : 'withdrawal';
}

/** The action and its entry in the audit chain, and what follows from them. */
async function record(
  { tx, agency, receiptNumber }: CaseAt,
  input: DecisionInput,
  look: Look,
): Promise<void> {
  const { decision, officer, at } = input;
  const kind = kindOf[decision];
  const actor = `officer:${officer}`;
  const basis: Record<string, string> = look === undefined ? {} : { look: String(look.seq) };
  const correction = decision === 'correct' ? input.correction : undefined;
  const detail = { ...basis, ...decisionDetail(input, correction) };
  await appendAction(tx, agency, receiptNumber, { at, actor, kind, detail });
  if (correction !== undefined)
    await tx`update agency.cases set correct_by = ${correction.until}
      where agency = ${agency} and receipt_number = ${receiptNumber}`;
  const entry = { at, actor, action: `case.${kind}`, subject: receiptNumber, detail: basis };
  await appendAudit(tx, auditChain(agency), entry);
  if (decision === 'accept') await settle(tx, agency, receiptNumber, { lights: look?.lights, by: actor, at });
  // A withdrawal that was accepted is told by the end of the application that it ended.
  if (decision === 'accept' || decision === 'reject') await enqueue(tx, replyJob, { agency, receiptNumber });
}

/** Did somebody else propose this, after the newest submission came? */
export async function isProposed(
  tx: Tx,
  agency: string,
  receiptNumber: string,
  wanted: { decision: Decision; officer: string; part?: string },
): Promise<boolean> {
  const [last] = await tx<{ actor: string; proposal: string | null }[]>`
    select actor, detail->>'proposal' as proposal from agency.actions
    where agency = ${agency} and receipt_number = ${receiptNumber} and kind in ('proposed', 'corrected')
      and (kind = 'corrected' or coalesce(detail->>'part', '') = ${wanted.part ?? ''})
    order by seq desc limit 1`;
  return last?.proposal === wanted.decision && last.actor !== `officer:${wanted.officer}`;
}

/** A day of the calendar that is not over in Japan, and not further away than a year. */
export function isLater(day: string, now: Date): boolean {
  const time = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(day) ? Date.parse(`${day}T23:59:59+09:00`) : Number.NaN;
  return time >= now.getTime() && time - now.getTime() < 366 * 86_400_000;
}
