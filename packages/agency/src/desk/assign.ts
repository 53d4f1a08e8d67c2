import { appendAudit, type Sql } from '@madoguchi/store';
import { auditChain } from '../cases/audit-chain.js';
import { appendAction } from '../cases/queries.js';
import { type CaseState, undecided } from '../cases/state.js';

/** Why an assignment did not happen. */
export type AssignFault = 'decided' | 'taken' | 'notYours';

/**
 * `take`: the case is mine, unless somebody else works on it. `takeOver`: mine, whoever works on it; they see so in the history. `release`:
 * nobody's again.
 */
export type Assignment = 'take' | 'takeOver' | 'release';
export const assignments: readonly Assignment[] = ['take', 'takeOver', 'release'];

/** The rules, without a database. */
export function assignFault(
  assignment: Assignment,
  row: { state: CaseState; assignedTo: string | null },
  officer: string,
): AssignFault | undefined {
  if (!undecided.some((state) => state === row.state)) return 'decided';
  const isOthers = row.assignedTo !== null && row.assignedTo !== officer;
  if (assignment === 'take') return isOthers ? 'taken' : undefined;
  if (assignment === 'release') return row.assignedTo === officer ? undefined : 'notYours';
  return undefined;
}

/** Assigns a case or gives it back: one action, and one entry in the audit chain. */
export async function assign(
  sql: Sql,
  agency: string,
  receiptNumber: string,
  input: { assignment: Assignment; officer: string; at: Date },
): Promise<AssignFault | undefined> {
  const { assignment, officer, at } = input;
  return sql.begin(async (tx) => {
    const [row] = await tx<{ state: CaseState; assignedTo: string | null }[]>`
      select state, assigned_to as "assignedTo" from agency.cases
      where agency = ${agency} and receipt_number = ${receiptNumber} for update`;
    if (row === undefined) return 'decided';
    const fault = assignFault(assignment, row, officer);
    if (fault !== undefined) return fault;
    const next = assignment === 'release' ? null : officer;
    // Pressed twice: it is so already.
    if (row.assignedTo === next) return undefined;
    const actor = `officer:${officer}`;
    const kind = assignment === 'release' ? 'released' : row.assignedTo === null ? 'assigned' : 'takenOver';
    const detail: Record<string, string> = kind === 'takenOver' ? { from: row.assignedTo ?? '' } : {};
    await tx`update agency.cases set assigned_to = ${next}
      where agency = ${agency} and receipt_number = ${receiptNumber}`;
    await appendAction(tx, agency, receiptNumber, { at, actor, kind, detail });
    await appendAudit(tx, auditChain(agency), {
      at,
      actor,
      action: `case.${kind}`,
      subject: receiptNumber,
      detail,
    });
    return undefined;
  });
}
