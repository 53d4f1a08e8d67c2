import type { Sql } from '@madoguchi/store';
import type { Register } from '@madoguchi/ui';
import { askToSign } from './ask-to-sign.js';
import { isAwaited } from './awaited.js';
import { forgetAddress, putLetter } from './outbox.js';
import { isReader } from './release.js';
import { isLinkToken, type MailPurpose, type MailReader, sealAddress } from './secrets.js';

const DAY_MS = 24 * 3600_000;
/** A link that asks for a confirmation holds so long. */
const CONFIRM_MS = 3 * DAY_MS;
/** So many confirmations are sent for one reader of an application in a day, to whatever address: nobody is flooded through us. */
const MOST_A_DAY = 3;

/** ASCII, one address, nothing that ends a header line. */
const addressPattern =
  /^(?=.{3,254}$)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/;

export type AddressFault = 'form' | 'often';

/** What a person typed, as an address: full-width letters and blanks around it are understood; undefined where it is none. */
export function readAddress(typed: string): string | undefined {
  const tidy = typed.slice(0, 400).normalize('NFKC').trim();
  return addressPattern.test(tidy) ? tidy : undefined;
}

interface AddressPlace {
  readonly sql: Sql;
  readonly agency: string;
  readonly secret: Uint8Array;
}

/** Keeps an address of a case's reader and asks it for a confirmation; another one that was kept is forgotten. */
export async function askAddress(
  { sql, agency, secret }: AddressPlace,
  input: { reader: MailReader; typed: string; register: Register; at: Date },
): Promise<AddressFault | undefined> {
  const { reader, register, at } = input;
  const { receiptNumber, signer } = reader;
  const address = readAddress(input.typed);
  if (address === undefined) return 'form';
  return sql.begin(async (tx) => {
    await tx`select 1 from agency.cases
      where agency = ${agency} and receipt_number = ${receiptNumber} for update`;
    const [sent] = await tx<{ count: number }[]>`select count(*)::int as count from agency.mail_outbox
      where agency = ${agency} and receipt_number = ${receiptNumber} and signer = ${signer} and kind = 'confirm'
        and at > ${new Date(at.getTime() - DAY_MS)}`;
    if ((sent?.count ?? 0) >= MOST_A_DAY) return 'often';
    const sealed = sealAddress(secret, { agency, ...reader }, address);
    await tx`insert into agency.mail_addresses (agency, receipt_number, signer, address, register, asked_at)
      values (${agency}, ${receiptNumber}, ${signer}, ${sealed}, ${register}, ${at})
      on conflict (agency, receipt_number, signer) do update
        set address = excluded.address, register = excluded.register, asked_at = excluded.asked_at, confirmed_at = null`;
    await putLetter(tx, agency, reader, { kind: 'confirm', at });
    return undefined;
  });
}

/** How far the notices to a reader of a case are. */
export type MailState = 'none' | 'asked' | 'confirmed';

export async function mailState(
  sql: Sql,
  agency: string,
  { receiptNumber, signer }: MailReader,
): Promise<MailState> {
  const [row] = await sql<{ confirmed: boolean }[]>`select m.confirmed_at is not null as confirmed
    from agency.mail_addresses m where m.agency = ${agency} and m.receipt_number = ${receiptNumber}
      and m.signer = ${signer} and ${isReader(sql)}`;
  return row === undefined ? 'none' : row.confirmed ? 'confirmed' : 'asked';
}

/** Does a link from a mail hold now? */
export async function isLink(
  { sql, agency, secret }: AddressPlace,
  link: MailReader & { purpose: MailPurpose; token: string; at: Date },
): Promise<boolean> {
  const { purpose, receiptNumber, signer, token, at } = link;
  const [row] = await sql<{ askedAt: Date }[]>`select asked_at as "askedAt" from agency.mail_addresses
    where agency = ${agency} and receipt_number = ${receiptNumber} and signer = ${signer}`;
  if (row === undefined) return false;
  if (purpose === 'confirm' && at.getTime() - row.askedAt.getTime() > CONFIRM_MS) return false;
  return isLinkToken(secret, { purpose, agency, receiptNumber, signer, askedAt: row.askedAt }, token);
}

/** The address is its reader's: from now on it is written to. The first letter tells of the arrival, or that their signature is awaited. */
export async function confirmAddress(
  { sql, agency }: AddressPlace,
  reader: MailReader,
  at: Date,
): Promise<void> {
  const { receiptNumber, signer } = reader;
  await sql.begin(async (tx) => {
    const first = await tx`update agency.mail_addresses set confirmed_at = ${at}
      where agency = ${agency} and receipt_number = ${receiptNumber} and signer = ${signer} and confirmed_at is null returning 1`;
    if (first.length === 0) return;
    if (await isAwaited(tx, agency, reader)) await askToSign(tx, agency, reader, at);
    else await putLetter(tx, agency, reader, { kind: 'receipt', at });
  });
}

/** Nothing more is sent, and the address is forgotten. */
export async function stopMail({ sql, agency }: AddressPlace, reader: MailReader): Promise<void> {
  await sql.begin((tx) => forgetAddress(tx, agency, reader));
}
