import { appendAudit, type Sql } from '@madoguchi/store';
import { appendAction, type CaseState } from '../cases/queries.js';
import type { Lights } from '../verification/lights.js';
import { latestVerification } from '../verification/queries.js';
import { piles } from './queries.js';

export type Decision = 'accept' | 'correct' | 'reject' | 'note';
export const decisions: readonly Decision[] = ['accept', 'correct', 'reject', 'note'];

const outcome: Record<Decision, { kind: string; state?: CaseState }> = {
  accept: { kind: 'accepted', state: 'accepted' },
  correct: { kind: 'correctionAsked', state: 'correction' },
  reject: { kind: 'rejected', state: 'rejected' },
  note: { kind: 'note' },
};

/** Why a decision was not taken. */
export type DecisionFault = 'decided' | 'changed' | 'reason' | 'reasonLength' | 'signature' | 'unopened';

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
  const open: readonly CaseState[] = [...piles.waiting, ...piles.correction];
  if (!open.includes(state)) return 'decided';
  if (lights === undefined) return 'unopened';
  if (decision !== 'accept') return reason === '' ? 'reason' : undefined;
  // What was not signed by the card's key is no application; the other lights leave room for a person's judgement.
  if (lights.signature.state === 'bad') return 'signature';
  const allGood = Object.values(lights).every((light) => light.state === 'good');
  return allGood || reason !== '' ? undefined : 'reason';
}

/**
 * Takes a decision: one more action on the case, never a change of an old one, with the reason, and an entry in the audit chain (without
 * the reason's text). `seen` is the newest action the officer had before their eyes: when another came since, nothing happens.
 */
export async function decide(
  sql: Sql,
  agency: string,
  receiptNumber: string,
  input: { decision: Decision; reason: string; seen: number; officer: string; at: Date },
): Promise<DecisionFault | undefined> {
  const { decision, reason, officer, at } = input;
  return sql.begin(async (tx) => {
    const [row] = await tx<{ state: CaseState }[]>`select state from agency.cases
      where agency = ${agency} and receipt_number = ${receiptNumber} for update`;
    if (row === undefined) return 'changed';
    const [newest] = await tx<{ seq: number }[]>`select coalesce(max(seq), 0)::int as seq from agency.actions
      where agency = ${agency} and receipt_number = ${receiptNumber}`;
    if (newest?.seq !== input.seen) return 'changed';
    const look = await latestVerification(tx, agency, receiptNumber);
    const fault = checkDecision(decision, row.state, look?.lights, reason);
    if (fault !== undefined) return fault;
    const { kind, state } = outcome[decision];
    const actor = `officer:${officer}`;
    const basis: Record<string, string> = look === undefined ? {} : { look: String(look.seq) };
    await appendAction(tx, agency, receiptNumber, {
      at,
      actor,
      kind,
      detail: reason === '' ? basis : { ...basis, reason },
      ...(state === undefined ? {} : { state }),
    });
    await appendAudit(tx, `agency:${agency}`, {
      at,
      actor,
      action: `case.${kind}`,
      subject: receiptNumber,
      detail: basis,
    });
    return undefined;
  });
}
