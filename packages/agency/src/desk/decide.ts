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
  const { decision, reason, officer, at } = input;
  return sql.begin(async (tx) => {
    const [row] = await tx<{ state: CaseState; assignedTo: string | null; pausedAt: Date | null }[]>`
      select state, assigned_to as "assignedTo", paused_at as "pausedAt" from agency.cases
      where agency = ${agency} and receipt_number = ${receiptNumber} for update`;
    if (row === undefined) return 'changed';
    const [newest] = await tx<{ seq: number }[]>`select coalesce(max(seq), 0)::int as seq from agency.actions
      where agency = ${agency} and receipt_number = ${receiptNumber}`;
    if (newest?.seq !== input.seen) return 'changed';
    // Somebody else works on it: a note may be left, a decision is theirs until it is taken over.
    if (decision !== 'note' && row.assignedTo !== null && row.assignedTo !== officer) return 'locked';
    if (decision !== 'note' && row.pausedAt !== null && pausable.includes(row.state)) return 'paused';
    const look = await latestVerification(tx, agency, receiptNumber);
    const fault = checkDecision(decision, row.state, look?.lights, reason);
    if (fault !== undefined) return fault;
    // What its offices decide is not decided over their heads; where it never came to them, it can be rejected.
    const isWhole = decision !== 'note' && decision !== 'correct' && row.state !== 'cosigning';
    if (isWhole && (await hasParts(tx, agency, receiptNumber))) return 'parts';
    if (input.fourEyes && (decision === 'accept' || decision === 'reject')) {
      if (!(await isProposed(tx, agency, receiptNumber, { decision, officer }))) return 'fourEyes';
    }
    const correction = decision === 'correct' ? input.correction : undefined;
    if (correction !== undefined && !isLater(correction.until, at)) return 'until';
    const kind = kindOf[decision];
    const actor = `officer:${officer}`;
    const basis: Record<string, string> = look === undefined ? {} : { look: String(look.seq) };
    const submitted = await currentApplication(tx, agency, receiptNumber);
    const relation = submitted?.application.relation;
    if (relation?.kind === 'cosigns' && decision === 'correct') return 'cosignature';
    if (decision === 'accept') {
      if (relation?.kind === 'cosigns') {
        const joining = { relation, submission: receiptNumber, at };
        if ((await joinCosignature(tx, agency, joining)) !== undefined) return 'cosignature';
      }
      if (submitted !== undefined && relation?.kind === 'withdraws') {
        const { application } = submitted;
        const input = { relation, submission: receiptNumber, application, at, mustMatch: false };
        if (!(await withdraw(tx, agency, input))) return 'withdrawal';
      }
    }
    await appendAction(tx, agency, receiptNumber, {
      at,
      actor,
      kind,
      detail: { ...basis, ...decisionDetail(input, correction) },
    });
    if (correction !== undefined)
      await tx`update agency.cases set correct_by = ${correction.until}
        where agency = ${agency} and receipt_number = ${receiptNumber}`;
    await appendAudit(tx, auditChain(agency), {
      at,
      actor,
      action: `case.${kind}`,
      subject: receiptNumber,
      detail: basis,
    });
    if (decision === 'accept')
      await settle(tx, agency, receiptNumber, { lights: look?.lights, by: actor, at });
    // A withdrawal that was accepted is told by the end of the application that it ended.
    if (decision === 'accept' || decision === 'reject')
      await enqueue(tx, replyJob, { agency, receiptNumber });
    return undefined;
  });
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
