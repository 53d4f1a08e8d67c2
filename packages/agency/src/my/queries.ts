import type { Sql } from '@madoguchi/store';
import type { CaseState } from '../cases/state.js';

/** An application of the holder, as its list shows it. */
export interface OwnCase {
  receiptNumber: string;
  procedureId: string | null;
  arrivedAt: Date;
  state: CaseState;
  /** YYYY-MM-DD, while the holder is asked for a correction. */
  correctBy: string | null;
}

const mostRows = 100;

/** The applications that name this authentication key, the newest first. */
export async function listOwnCases(sql: Sql, agency: string, authenticationKey: string): Promise<OwnCase[]> {
  return sql<OwnCase[]>`select receipt_number as "receiptNumber", procedure_id as "procedureId",
      arrived_at as "arrivedAt", state, correct_by::text as "correctBy"
    from agency.cases where agency = ${agency} and authentication_key = ${authenticationKey}
      and joins is null
    order by arrived_at desc limit ${mostRows}`;
}

export async function isOwnCase(
  sql: Sql,
  agency: string,
  authenticationKey: string,
  receiptNumber: string,
): Promise<boolean> {
  const rows = await sql`select 1 from agency.cases where agency = ${agency}
    and receipt_number = ${receiptNumber} and authentication_key = ${authenticationKey}`;
  return rows.length === 1;
}
