import type { Tx } from '@madoguchi/store';
import { japaneseDay } from '@madoguchi/ui/words';
import { putLetter } from './outbox.js';
import type { MailReader } from './secrets.js';

/** So many days before the last one a signer is reminded. */
const reminderDays = 3;

/** Tells a signer that their signature is awaited, and again in the morning three days before the last day; an earlier reminder is taken back. */
export async function askToSign(tx: Tx, agency: string, reader: MailReader, at: Date): Promise<void> {
  const { receiptNumber, signer } = reader;
  await tx`delete from agency.mail_outbox
    where agency = ${agency} and receipt_number = ${receiptNumber} and signer = ${signer}
      and kind = 'signSoon' and sent_at is null`;
  await putLetter(tx, agency, reader, { kind: 'sign', at });
  const [row] = await tx<{ last: string | null }[]>`select correct_by::text as last from agency.cases
    where agency = ${agency} and receipt_number = ${receiptNumber}`;
  if (row?.last == null) return;
  const day = japaneseDay(new Date(`${row.last}T09:00:00+09:00`), -reminderDays);
  const runAt = new Date(`${day}T09:00:00+09:00`);
  if (runAt > at) await putLetter(tx, agency, reader, { kind: 'signSoon', at, runAt });
}
