import { appendAudit, enqueue, type Sql, type Tx } from '@madoguchi/store';
import { type Register, words } from '@madoguchi/ui/words';
import { z } from 'zod';
import { auditChain } from '../cases/audit-chain.js';
import type { AgencyConfig } from '../options.js';
import { isAwaited } from './awaited.js';
import { type MailKind, writeLetter } from './letters.js';
import { linkToken, type MailReader, openAddress } from './secrets.js';
import type { MailSender } from './sender.js';

export const mailJob = 'agency.mail';
export const mailPayload = z.object({ agency: z.string(), id: z.string() });

/** Seconds to the next attempt after each failure: about two days in all. */
export const mailWaits = [30, 300, 1800, 7200, 18_000, 57_600, 86_400] as const;

/** Puts a letter into the outbox: it goes out when the transaction stands, or at `runAt`. */
export async function putLetter(
  tx: Tx,
  agency: string,
  { receiptNumber, signer }: MailReader,
  { kind, at, runAt }: { kind: MailKind; at: Date; runAt?: Date },
): Promise<void> {
  const [row] = await tx<
    { id: string }[]
  >`insert into agency.mail_outbox (agency, id, receipt_number, signer, kind, at)
    values (${agency}, gen_random_uuid()::text, ${receiptNumber}, ${signer}, ${kind}, ${at}) returning id`;
  if (row !== undefined) await enqueue(tx, mailJob, { agency, id: row.id }, runAt && { runAt });
}

export async function forgetAddress(
  tx: Tx,
  agency: string,
  { receiptNumber, signer }: MailReader,
): Promise<void> {
  await tx`delete from agency.mail_addresses
    where agency = ${agency} and receipt_number = ${receiptNumber} and signer = ${signer}`;
}

/** Where letters go out from. */
export interface MailPlace {
  readonly sql: Sql;
  readonly agency: AgencyConfig;
  readonly secret: Uint8Array;
  readonly sender: MailSender;
  readonly clock: () => Date;
}

interface Row extends MailReader {
  kind: MailKind;
  attempts: number;
  address: Uint8Array;
  register: Register;
  askedAt: Date;
  arrivedAt: Date;
}

/** One attempt to send a letter; tried again later and later. Whoever is told of the end has their address forgotten. */
export async function sendLetter(place: MailPlace, id: string): Promise<void> {
  const { sql, agency, secret, sender, clock } = place;
  const [row] = await sql<
    Row[]
  >`select o.receipt_number as "receiptNumber", o.signer, o.kind, o.attempts, m.address, m.register,
      m.asked_at as "askedAt", c.arrived_at as "arrivedAt"
    from agency.mail_outbox o
    join agency.mail_addresses m on m.agency = o.agency and m.receipt_number = o.receipt_number and m.signer = o.signer
    join agency.cases c on c.agency = o.agency and c.receipt_number = o.receipt_number
    where o.agency = ${agency.code} and o.id = ${id} and o.sent_at is null and o.given_up_at is null
      and (m.confirmed_at is not null or o.kind = 'confirm') and (o.kind <> 'released' or o.at >= m.asked_at)`;
  const to = row && openAddress(secret, { agency: agency.code, ...readerOf(row) }, row.address);
  if (row === undefined || to === undefined) return;
  const reader = readerOf(row);
  if (await isMoot(place, id, row)) return;
  const { stopUrl, ...letter } = letterTo(place, row);
  const outcome = await sender.send({ to, ...letter, stopUrl, id });
  const now = clock();
  const wait = mailWaits[row.attempts];
  const isGivenUp = !outcome.ok && (outcome.permanent || wait === undefined);
  await sql.begin(async (tx) => {
    await tx`update agency.mail_outbox set attempts = attempts + 1, sent_at = ${outcome.ok ? now : null},
        given_up_at = ${isGivenUp ? now : null}, outcome = ${outcome.ok ? 'sent' : outcome.rule}
      where agency = ${agency.code} and id = ${id} and sent_at is null`;
    if (outcome.ok) {
      const entry = { at: now, actor: 'agency', action: 'mail.sent', subject: row.receiptNumber };
      await appendAudit(tx, auditChain(agency.code), { ...entry, detail: { kind: row.kind } });
      if (row.kind === 'decided') await forgetAddress(tx, agency.code, reader);
    }
    // Whoever was taken leave of is forgotten, also where the letter cannot be delivered; not who gave an address in their place meanwhile.
    if (row.kind === 'released' && (outcome.ok || isGivenUp))
      await tx`delete from agency.mail_addresses where agency = ${agency.code}
        and receipt_number = ${row.receiptNumber} and signer = ${row.signer} and asked_at = ${row.askedAt}`;
    if (!outcome.ok && !isGivenUp)
      await enqueue(
        tx,
        mailJob,
        { agency: agency.code, id },
        { runAt: new Date(now.getTime() + (wait ?? 0) * 1000), key: `${mailJob}:${id}` },
      );
  });
}

function readerOf({ receiptNumber, signer }: Row): MailReader {
  return { receiptNumber, signer };
}

/** Who has signed meanwhile is not asked to: the letter stays in. */
async function isMoot({ sql, agency, clock }: MailPlace, id: string, row: Row): Promise<boolean> {
  if (row.kind !== 'sign' && row.kind !== 'signSoon') return false;
  if (await isAwaited(sql, agency.code, readerOf(row))) return false;
  await sql`update agency.mail_outbox set given_up_at = ${clock()}, outcome = 'mail.moot'
    where agency = ${agency.code} and id = ${id} and sent_at is null`;
  return true;
}

/** What is written, and the address that stops it. */
function letterTo(
  { agency, secret }: MailPlace,
  row: Row,
): ReturnType<typeof writeLetter> & { stopUrl: string } {
  const { receiptNumber, signer, askedAt, register } = row;
  const home = `${agency.origin}${agency.basePath}`;
  const link = (purpose: 'confirm' | 'stop') => {
    const token = linkToken(secret, { purpose, agency: agency.code, receiptNumber, signer, askedAt });
    const whose = signer === '' ? '' : `&signer=${encodeURIComponent(signer)}`;
    return `${home}/mail/${purpose}?receipt=${receiptNumber}${whose}&token=${token}`;
  };
  const stopUrl = link('stop');
  const letter = writeLetter(row.kind, register, {
    agency: agency.siteName,
    contact: contactOf(agency, register),
    receiptNumber,
    arrivedAt: row.arrivedAt,
    pageUrl: `${home}/${signer === '' ? 'applications' : 'cosign'}`,
    confirmUrl: link('confirm'),
    stopUrl,
    cosigns: signer !== '',
  });
  return { ...letter, stopUrl };
}

function contactOf({ contact }: AgencyConfig, register: Register): string {
  const name = typeof contact.name === 'string' ? contact.name : words(contact.name, register);
  return contact.telephone === undefined ? name : `${name} ${contact.telephone}`;
}
