import type { Sql, Tx } from '@madoguchi/store';
import { forgetAddress, putLetter } from './outbox.js';

/**
 * Takes leave of those who sign along no more, because a correction names somebody else in their place or nobody: what still waited for them is not
 * sent, one last letter says so, and with it their address is forgotten. An address that was never confirmed is forgotten at once.
 */
export async function releaseSigners(
  tx: Tx,
  agency: string,
  receiptNumber: string,
  { stays, at }: { stays: (signer: string) => boolean; at: Date },
): Promise<void> {
  const rows = await tx<{ signer: string; confirmed: boolean }[]>`
    select m.signer, m.confirmed_at is not null as confirmed from agency.mail_addresses m
    where m.agency = ${agency} and m.receipt_number = ${receiptNumber} and m.signer <> '' and ${isReader(tx)}`;
  for (const { signer, confirmed } of rows) {
    if (stays(signer)) continue;
    const reader = { receiptNumber, signer };
    await tx`delete from agency.mail_outbox
      where agency = ${agency} and receipt_number = ${receiptNumber} and signer = ${signer} and sent_at is null`;
    if (confirmed) await putLetter(tx, agency, reader, { kind: 'released', at });
    else await forgetAddress(tx, agency, reader);
  }
}

/** Of a row `m` of the addresses: its holder was not taken leave of. Whoever stands in their place now may give an address, which is a newer one. */
export function isReader(sql: Sql | Tx) {
  return sql`not exists (select 1 from agency.mail_outbox r
    where r.agency = m.agency and r.receipt_number = m.receipt_number and r.signer = m.signer
      and r.kind = 'released' and r.at >= m.asked_at)`;
}
