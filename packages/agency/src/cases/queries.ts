import type { Sql, Tx } from '@madoguchi/store';
import { tellByMail } from '../mail/tell.js';
import { tellWebhooks } from '../webhooks/outbox.js';
import { type CaseState, moveOf } from './state.js';

export interface CaseRow {
  receiptNumber: string;
  jti: string;
  procedureId: string | null;
  envelopeSha256: string;
  envelopeSize: number;
  arrivedAt: Date;
  /** YYYY-MM-DD, once the application was read. */
  dueOn: string | null;
  /** YYYY-MM-DD, while the applicant is asked for a correction. */
  correctBy: string | null;
  /** Receipt number of the case that this submission became part of. */
  joins: string | null;
  /** Since when its examination is on hold, and until which day (YYYY-MM-DD). */
  pausedAt: Date | null;
  pausedUntil: string | null;
  /** The officer who works on it. */
  assignedTo: string | null;
  receiptJws: string;
  state: CaseState;
  /** When it was erased by the rule of retention: what is left is a tombstone. */
  erasedAt: Date | null;
}

/** Octets of an envelope in one row. */
export const chunkSize = 256 * 1024;

export async function nextReceiptNumber(tx: Tx, at: Date): Promise<string> {
  const [row] = await tx<{ next: string }[]>`select nextval('agency.receipt_numbers') as next`;
  return receiptNumberOf(row?.next ?? '', at);
}

/** 到達番号: year and running number. */
export function receiptNumberOf(next: string, at: Date): string {
  // The year of the number is Japan's, nine hours ahead of UTC.
  const year = new Date(at.getTime() + 9 * 3600 * 1000).getUTCFullYear();
  return `${year}-${next.padStart(7, '0')}`;
}

/** Writes a case and its envelope, in pieces, in the caller's transaction. */
export async function insertCase(
  tx: Tx,
  agency: string,
  row: Omit<
    CaseRow,
    'envelopeSize' | 'dueOn' | 'correctBy' | 'joins' | 'pausedAt' | 'pausedUntil' | 'assignedTo' | 'erasedAt'
  > & {
    procedureVersion: string | null;
  },
  envelope: Uint8Array,
): Promise<void> {
  await tx`insert into agency.cases (agency, receipt_number, jti, procedure_id, procedure_version, envelope_sha256,
      envelope_size, arrived_at, receipt_jws, state)
    values (${agency}, ${row.receiptNumber}, ${row.jti}, ${row.procedureId}, ${row.procedureVersion},
      ${row.envelopeSha256}, ${envelope.length}, ${row.arrivedAt}, ${row.receiptJws}, ${row.state})`;
  for (let seq = 0; seq * chunkSize < envelope.length; seq += 1) {
    const bytes = Buffer.from(envelope.subarray(seq * chunkSize, (seq + 1) * chunkSize));
    await tx`insert into agency.envelope_chunks (agency, receipt_number, seq, bytes)
      values (${agency}, ${row.receiptNumber}, ${seq}, ${bytes})`;
  }
}

export async function readEnvelope(sql: Sql, agency: string, receiptNumber: string): Promise<Uint8Array> {
  const rows = await sql<{ bytes: Uint8Array }[]>`select bytes from agency.envelope_chunks
    where agency = ${agency} and receipt_number = ${receiptNumber} order by seq`;
  return Buffer.concat(rows.map((row) => row.bytes));
}

export async function findCase(
  sql: Sql | Tx,
  agency: string,
  receiptNumber: string,
): Promise<CaseRow | undefined> {
  const [row] = await sql<CaseRow[]>`select ${columns(sql)} from agency.cases
    where agency = ${agency} and receipt_number = ${receiptNumber}`;
  return row;
}

/** All that arrived for one nonce: more than one only where somebody sent other bytes. */
export async function findCasesOfNonce(tx: Sql | Tx, agency: string, jti: string): Promise<CaseRow[]> {
  return tx<CaseRow[]>`select ${columns(tx)} from agency.cases
    where agency = ${agency} and jti = ${jti} order by arrived_at`;
}

/** Appends an action, and moves the case's state as {@link moveOf} says; core systems and the applicant are told where they asked for it. */
export async function appendAction(
  tx: Tx,
  agency: string,
  receiptNumber: string,
  action: { at: Date; actor: string; kind: string; detail?: Record<string, string> },
): Promise<void> {
  await tx`insert into agency.actions (agency, receipt_number, at, actor, kind, detail)
    values (${agency}, ${receiptNumber}, ${action.at}, ${action.actor}, ${action.kind}, ${tx.json(action.detail ?? {})})`;
  const move = moveOf(action.kind);
  if (move !== undefined)
    await tx`update agency.cases set state = ${move.to}
      where agency = ${agency} and receipt_number = ${receiptNumber} and state = any(${[...move.from]})`;
  await tellWebhooks(tx, agency, receiptNumber, action);
  await tellByMail(tx, agency, receiptNumber, action);
}

function columns(sql: Sql | Tx) {
  return sql`receipt_number as "receiptNumber", jti, procedure_id as "procedureId", envelope_sha256 as "envelopeSha256",
    envelope_size as "envelopeSize", arrived_at as "arrivedAt", due_on::text as "dueOn", correct_by::text as "correctBy", joins, paused_at as "pausedAt", paused_until::text as "pausedUntil", assigned_to as "assignedTo",
    receipt_jws as "receiptJws", state, erased_at as "erasedAt"`;
}

/** The rule for which reception refused a case. */
export async function findRefusal(
  sql: Sql,
  agency: string,
  receiptNumber: string,
): Promise<string | undefined> {
  const [row] = await sql<{ rule: string | null }[]>`select detail->>'rule' as rule from agency.actions
    where agency = ${agency} and receipt_number = ${receiptNumber} and kind = 'refused' order by seq desc limit 1`;
  return row?.rule ?? undefined;
}

export async function countCases(sql: Sql, agency: string): Promise<{ state: CaseState; count: number }[]> {
  return sql`select state, count(*)::int as count from agency.cases where agency = ${agency}
    group by state order by state`;
}
