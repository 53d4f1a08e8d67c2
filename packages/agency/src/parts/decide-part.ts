import { appendAudit, enqueue, type Sql, type Tx } from '@madoguchi/store';
import { auditChain } from '../cases/audit-chain.js';
import { appendAction } from '../cases/queries.js';
import { type CaseState, undecided } from '../cases/state.js';
import {
  checkDecision,
  type Decision,
  type DecisionFault,
  type DecisionInput,
  decisionDetail,
  isLater,
  isProposed,
} from '../desk/decide.js';
import { replyJob } from '../replies/reply.js';
import type { Lights } from '../verification/lights.js';
import { latestVerification } from '../verification/queries.js';
import { readParts, refreshParts } from './case-parts.js';
import { caseDecision, type PartProgress } from './progress.js';

const kindOf: Record<Decision, string> = {
  accept: 'partAccepted',
  correct: 'correctionAsked',
  reject: 'partRejected',
  note: 'note',
  proposeAccept: 'proposed',
  proposeReject: 'proposed',
};

/** The rules, without a database: may this office decide its part now? */
function checkPartDecision(
  decision: Decision,
  state: CaseState,
  part: PartProgress,
  lights: Lights | undefined,
  reason: string,
): DecisionFault | undefined {
  const fault = checkDecision(decision, state, lights, reason);
  if (fault !== undefined || decision === 'note') return fault;
  // Nobody's part begins before everybody has signed.
  if (state === 'cosigning') return 'cosigning';
  switch (part.state) {
    case 'accepted':
    case 'rejected':
    case 'ended':
      return 'decided';
    case 'correction':
      return 'partCorrection';
    case 'blocked':
      return decision === 'correct' ? undefined : 'blocked';
    case 'waiting':
      return undefined;
  }
}

/** The newest action that an office sees: other offices' decisions on their own parts do not get into its way. */
export async function newestForPart(
  sql: Sql | Tx,
  agency: string,
  receiptNumber: string,
  part: string,
): Promise<number> {
  const [row] = await sql<{ seq: number }[]>`select coalesce(max(seq), 0)::int as seq from agency.actions
    where agency = ${agency} and receipt_number = ${receiptNumber}
      and (detail->>'part' is null or detail->>'part' = ${part})`;
  return row?.seq ?? 0;
}

/**
 * One office decides its part of a one-stop application: one more action on the case. The decision on the whole follows from all of them, in the same
 * transaction: accepted with the last acceptance, rejected with the first rejection.
 */
export async function decidePart(
  sql: Sql,
  agency: string,
  receiptNumber: string,
  input: DecisionInput & { part: string },
): Promise<DecisionFault | undefined> {
  const { decision, reason, officer, at } = input;
  return sql.begin(async (tx) => {
    const [row] = await tx<{ state: CaseState }[]>`select state from agency.cases
      where agency = ${agency} and receipt_number = ${receiptNumber} for update`;
    const found = row && (await readParts(tx, agency, receiptNumber));
    const mine = found?.progress.find(({ part }) => part.id === input.part);
    if (row === undefined || found === undefined || mine === undefined) return 'changed';
    if ((await newestForPart(tx, agency, receiptNumber, input.part)) !== input.seen) return 'changed';
    const look = await latestVerification(tx, agency, receiptNumber);
    const fault = checkPartDecision(decision, row.state, mine, look?.lights, reason);
    if (fault !== undefined) return fault;
    if (input.fourEyes && (decision === 'accept' || decision === 'reject')) {
      const wanted = { decision, officer, part: input.part };
      if (!(await isProposed(tx, agency, receiptNumber, wanted))) return 'fourEyes';
    }
    const correction = decision === 'correct' ? input.correction : undefined;
    if (correction !== undefined && !isLater(correction.until, at)) return 'until';
    const kind = kindOf[decision];
    const actor = `officer:${officer}`;
    await appendAction(tx, agency, receiptNumber, {
      at,
      actor,
      kind,
      detail: {
        part: input.part,
        // Several offices may ask at once: the applicant is told which.
        ...(correction === undefined ? {} : { office: mine.part.authority.ja }),
        ...(look === undefined ? {} : { look: String(look.seq) }),
        ...decisionDetail(input, correction),
      },
    });
    if (correction !== undefined)
      // Of several offices' days the last counts: the applicant answers all in one.
      await tx`update agency.cases set correct_by = greatest(correct_by, ${correction.until}::date)
        where agency = ${agency} and receipt_number = ${receiptNumber}`;
    await appendAudit(tx, auditChain(agency), {
      at,
      actor,
      action: `case.${kind}`,
      subject: receiptNumber,
      detail: { part: input.part },
    });
    const progress = await refreshParts(tx, agency, receiptNumber, found.submission);
    const whole = decision === 'accept' || decision === 'reject' ? caseDecision(progress) : undefined;
    if (whole !== undefined && undecided.some((state) => state === row.state))
      await endCase(tx, agency, receiptNumber, { whole, part: mine, reason, at });
    return undefined;
  });
}

async function endCase(
  tx: Tx,
  agency: string,
  receiptNumber: string,
  ended: { whole: 'accepted' | 'rejected'; part: PartProgress; reason: string; at: Date },
): Promise<void> {
  const { whole, part, at } = ended;
  const reason = whole === 'rejected' ? `${part.part.authority.ja}: ${ended.reason}` : '';
  await appendAction(tx, agency, receiptNumber, {
    at,
    actor: 'agency',
    kind: whole,
    detail: { by: part.part.id, ...(reason === '' ? {} : { reason }) },
  });
  await tx`update agency.cases set correct_by = null
    where agency = ${agency} and receipt_number = ${receiptNumber}`;
  await appendAudit(tx, auditChain(agency), {
    at,
    actor: 'agency',
    action: `case.${whole}`,
    subject: receiptNumber,
    detail: { part: part.part.id },
  });
  await enqueue(tx, replyJob, { agency, receiptNumber });
}
