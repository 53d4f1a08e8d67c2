import type { Sql } from '@madoguchi/store';
import type { ReplyDecision } from './notice.js';

/** A notice as it went out. */
export interface ReplyRow {
  decision: ReplyDecision;
  madeAt: Date;
  pdf: Uint8Array;
  xml: Uint8Array;
  /** When its applicant first had it. */
  fetchedAt: Date | null;
}

export async function findReply(
  sql: Sql,
  agency: string,
  receiptNumber: string,
): Promise<ReplyRow | undefined> {
  const [row] = await sql<
    ReplyRow[]
  >`select decision, made_at as "madeAt", pdf, xml, fetched_at as "fetchedAt"
    from agency.replies where agency = ${agency} and receipt_number = ${receiptNumber}`;
  return row;
}

export async function hasReply(sql: Sql, agency: string, receiptNumber: string): Promise<boolean> {
  const rows =
    await sql`select 1 from agency.replies where agency = ${agency} and receipt_number = ${receiptNumber}`;
  return rows.length === 1;
}
