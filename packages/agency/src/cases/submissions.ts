import { type Application, parseApplication } from '@madoguchi/procedure';
import type { Sql, Tx } from '@madoguchi/store';

/** One submission of a case, as it was opened. */
export interface StoredSubmission {
  /** Under which receipt it arrived: the case's own number, or that of a correction. */
  submission: string;
  container: Uint8Array;
  arrivedAt: Date;
}

/** Receipt numbers of the submissions of a case, the first one first: its own, then each correction that joined it. */
export async function submissionsOf(sql: Sql | Tx, agency: string, receiptNumber: string): Promise<string[]> {
  const rows = await sql<{ receipt: string }[]>`select detail->>'receipt' as receipt from agency.actions
    where agency = ${agency} and receipt_number = ${receiptNumber} and kind = 'corrected' order by seq`;
  return [receiptNumber, ...rows.map(({ receipt }) => receipt)];
}

/** What one submission holds, where it opened. */
export async function readSubmissionOf(
  sql: Sql | Tx,
  agency: string,
  submission: string,
): Promise<StoredSubmission | undefined> {
  const [row] = await sql<{ container: Uint8Array; arrivedAt: Date }[]>`
    select s.container, c.arrived_at as "arrivedAt" from agency.submissions s
    join agency.cases c on c.agency = s.agency and c.receipt_number = s.receipt_number
    where s.agency = ${agency} and s.receipt_number = ${submission}`;
  return row === undefined ? undefined : { submission, ...row };
}

/** The application that a case now stands on: its newest submission, with the bytes that a relation is bound to. */
export async function currentApplication(
  sql: Sql | Tx,
  agency: string,
  receiptNumber: string,
): Promise<{ bytes: Uint8Array; application: Application } | undefined> {
  const newest = (await submissionsOf(sql, agency, receiptNumber)).at(-1) ?? receiptNumber;
  const [row] = await sql<{ application: Uint8Array | null }[]>`select application from agency.submissions
    where agency = ${agency} and receipt_number = ${newest}`;
  const bytes = row?.application ?? undefined;
  if (bytes === undefined) return undefined;
  const parsed = parseApplication(bytes);
  return parsed.ok ? { bytes, application: parsed.value } : undefined;
}
