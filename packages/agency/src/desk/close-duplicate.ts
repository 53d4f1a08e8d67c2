import { appendAudit, type Sql } from '@madoguchi/store';
import { auditChain } from '../cases/audit-chain.js';
import { duplicatesOf } from '../cases/duplicates.js';
import { appendAction } from '../cases/queries.js';
import { type CaseState, moveOf } from '../cases/state.js';
import { hasParts } from '../parts/case-parts.js';
import type { DecisionFault } from './decide.js';

/** Where the other application may stand for this one to end in its favour: it lives, or was decided by what it says. */
export const standing: readonly CaseState[] = [
  ...(['arrived', 'opened', 'cosigning', 'verified', 'tryLater', 'correction'] as const),
  ...(['accepted', 'rejected'] as const),
];

/** What an officer's form says of an application that was filed twice. */
export interface ClosingInput {
  /** Receipt number of the application that goes on; undefined: this one goes on after all. */
  of: string | undefined;
  /** The newest action the officer had before their eyes. */
  seen: number;
  officer: string;
  at: Date;
  /** See `duplicatesOf`. */
  days: number | undefined;
}

/**
 * Ends an application as the duplicate of another one, or takes that back: one more action, with an entry in the audit chain. Only for what is recognised as a
 * duplicate now, and never two in favour of each other.
 */
export async function closeDuplicate(
  sql: Sql,
  agency: string,
  receiptNumber: string,
  input: ClosingInput,
): Promise<DecisionFault | undefined> {
  const { of, officer, at } = input;
  return sql.begin(async (tx) => {
    // Both, always in the same order: two officers cannot end each of them in favour of the other.
    const rows = await tx<{ receipt: string; state: CaseState; assignedTo: string | null }[]>`
      select receipt_number as receipt, state, assigned_to as "assignedTo" from agency.cases
      where agency = ${agency} and receipt_number = any(${[receiptNumber, of ?? receiptNumber]})
      order by receipt_number for update`;
    const row = rows.find(({ receipt }) => receipt === receiptNumber);
    const [newest] = await tx<{ seq: number }[]>`select coalesce(max(seq), 0)::int as seq from agency.actions
      where agency = ${agency} and receipt_number = ${receiptNumber}`;
    if (row === undefined || newest?.seq !== input.seen) return 'changed';
    if (row.assignedTo !== null && row.assignedTo !== officer) return 'locked';
    const kind = of === undefined ? 'reopened' : 'duplicate';
    if (moveOf(kind)?.from.includes(row.state) !== true) return 'decided';
    if (of !== undefined) {
      if (await hasParts(tx, agency, receiptNumber)) return 'parts';
      const known = await duplicatesOf(tx, agency, receiptNumber, input.days);
      if (!known.some((one) => one.receiptNumber === of && standing.includes(one.state))) return 'duplicate';
      await tx`update agency.cases set correct_by = null where agency = ${agency} and receipt_number = ${receiptNumber}`;
    }
    const actor = `officer:${officer}`;
    await appendAction(tx, agency, receiptNumber, {
      ...{ at, actor, kind },
      detail: of === undefined ? {} : { of },
    });
    await appendAudit(tx, auditChain(agency), {
      ...{ at, actor, action: `case.${kind}`, subject: receiptNumber },
      detail: of === undefined ? {} : { of },
    });
    return undefined;
  });
}
