import { joinAuditChain, type Sql } from '@madoguchi/store';

/** The one audit chain of an agency. Arrival itself is not in it: writers of one chain wait for each other, and a receipt must not. */
export function auditChain(agency: string): string {
  return `agency:${agency}`;
}

/** Reception once wrote to a second chain. At every start its end is tied into the one chain, so that neither can be cut unseen. */
export async function joinFormerChain(sql: Sql, agency: string, at: Date): Promise<void> {
  await joinAuditChain(sql, { from: `agency-${agency}`, into: auditChain(agency), at });
}
