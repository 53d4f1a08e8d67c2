import type { Tx } from '@madoguchi/store';
import { askToSign } from './ask-to-sign.js';
import type { MailKind } from './letters.js';
import { putLetter } from './outbox.js';
import { isReader } from './release.js';

const kindOf: Readonly<Record<string, MailKind>> = {
  correctionAsked: 'correction',
  cosignAsked: 'sign',
  replied: 'decided',
  duplicate: 'decided',
};

/**
 * Writes to the confirmed addresses about this action, in the caller's transaction: of a correction to the applicant, of signatures to those who sign along,
 * of the end to all. A withdrawn application needs no address any more.
 */
export async function tellByMail(
  tx: Tx,
  agency: string,
  receiptNumber: string,
  told: { kind: string; at: Date },
): Promise<void> {
  if (told.kind === 'withdrawn')
    await tx`delete from agency.mail_addresses where agency = ${agency} and receipt_number = ${receiptNumber}`;
  const kind = kindOf[told.kind];
  if (kind === undefined) return;
  const readers = await tx<{ signer: string }[]>`select m.signer from agency.mail_addresses m
    where m.agency = ${agency} and m.receipt_number = ${receiptNumber} and m.confirmed_at is not null and ${isReader(tx)}
    order by m.signer`;
  for (const { signer } of readers) {
    const reader = { receiptNumber, signer };
    if (kind === 'sign' && signer !== '') await askToSign(tx, agency, reader, told.at);
    if (kind === 'decided' || (kind === 'correction' && signer === ''))
      await putLetter(tx, agency, reader, { kind, at: told.at });
  }
}
