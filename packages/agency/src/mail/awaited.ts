import type { Sql, Tx } from '@madoguchi/store';
import type { MailReader } from './secrets.js';

/** Does the case wait for this signer, under the application as it stands now? Never for the applicant, who signed first. */
export async function isAwaited(
  sql: Sql | Tx,
  agency: string,
  { receiptNumber, signer }: MailReader,
): Promise<boolean> {
  if (signer === '') return false;
  const rows = await sql`select 1 from agency.cases c
    where c.agency = ${agency} and c.receipt_number = ${receiptNumber} and c.state = 'cosigning' and not exists (
      select 1 from agency.actions s
      where s.agency = c.agency and s.receipt_number = c.receipt_number and s.kind = 'cosigned'
        and s.detail->>'signer' = ${signer} and s.detail->>'application' = (
          select a.detail->>'application' from agency.actions a
          where a.agency = c.agency and a.receipt_number = c.receipt_number and a.kind = 'cosignAsked'
          order by a.seq desc limit 1))`;
  return rows.length > 0;
}
