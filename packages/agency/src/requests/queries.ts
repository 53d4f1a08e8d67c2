import type { ClaimedAttachment, Relation } from '@madoguchi/procedure';
import type { Sql, Tx } from '@madoguchi/store';

/** One row of the nonce table. */
export interface RequestRow {
  jti: string;
  procedureId: string;
  procedureVersion: string;
  definitionDigest: string;
  /** SHA-256 (hex) over the canonical answers. */
  answersDigest: string;
  attachments: ClaimedAttachment[];
  /** The earlier application that the answer corrects or withdraws. */
  relation: Relation | null;
  /** SHA-256 of the browser's cookie. */
  browserHash: Uint8Array;
  issuedAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
  receiptNumber: string | null;
}

const keepUnusedMs = 24 * 3600 * 1000;

export async function insertRequest(
  sql: Sql,
  agency: string,
  row: Omit<RequestRow, 'usedAt' | 'receiptNumber'>,
): Promise<void> {
  await sql`insert into agency.requests (agency, jti, procedure_id, procedure_version, definition_digest, answers_digest,
      attachments, relation, browser_hash, issued_at, expires_at)
    values (${agency}, ${row.jti}, ${row.procedureId}, ${row.procedureVersion}, ${row.definitionDigest},
      ${row.answersDigest}, ${sql.json(row.attachments as never)}, ${row.relation === null ? null : sql.json(row.relation as never)},
      ${Buffer.from(row.browserHash)}, ${row.issuedAt},
      ${row.expiresAt})`;
  // Each new request clears away a few that were never used and whose ticket is long void. An array, so that they are looked for once, whatever the
  // planner believes of a table that nobody has counted yet.
  await sql`delete from agency.requests where agency = ${agency} and jti = any(array(
      select jti from agency.requests where agency = ${agency} and used_at is null
        and expires_at < ${new Date(row.issuedAt.getTime() - keepUnusedMs)} order by expires_at limit 10))`;
}

export async function findRequest(sql: Sql, agency: string, jti: string): Promise<RequestRow | undefined> {
  const [row] = await sql<RequestRow[]>`select ${requestColumns(sql)} from agency.requests r
    where agency = ${agency} and jti = ${jti}`;
  return row;
}

/** Digests of the cookies of the browsers that asked for the submissions of a case; who only signs with its applicant has a page of their own. */
export async function browsersOfCase(sql: Sql, agency: string, receiptNumber: string): Promise<Uint8Array[]> {
  const rows = await sql<{ hash: Uint8Array }[]>`select r.browser_hash as hash from agency.cases c
    join agency.requests r on r.agency = c.agency and r.jti = c.jti
    where c.agency = ${agency} and (c.receipt_number = ${receiptNumber}
      or (c.joins = ${receiptNumber} and coalesce(r.relation->>'kind', '') <> 'cosigns'))`;
  return rows.map(({ hash }) => hash);
}

/** Holds the row until the transaction ends: one nonce is used by one arrival at a time. */
export async function lockRequest(tx: Tx, agency: string, jti: string): Promise<RequestRow | undefined> {
  const [row] = await tx<RequestRow[]>`select ${requestColumns(tx)} from agency.requests r
    where agency = ${agency} and jti = ${jti} for update`;
  return row;
}

/** As above for many; always in the same order, so that two groups cannot wait for each other. */
export async function lockRequests(
  tx: Tx,
  agency: string,
  jtis: readonly string[],
): Promise<Map<string, RequestRow>> {
  const rows = await tx<RequestRow[]>`select ${requestColumns(tx)} from agency.requests r
    where agency = ${agency} and jti = any(${[...jtis]}) order by jti for update`;
  return new Map(rows.map((row) => [row.jti, row]));
}

export async function useRequest(
  tx: Tx,
  agency: string,
  jti: string,
  use: { at: Date; receiptNumber: string },
): Promise<void> {
  await tx`update agency.requests set used_at = ${use.at}, receipt_number = ${use.receiptNumber}
    where agency = ${agency} and jti = ${jti}`;
}

/**
 * As above for many. Rows are named by an array, here and wherever groups are read and written: a join with one is planned as a look through the
 * whole table while its size is unknown, and kept so.
 */
export async function useRequests(
  tx: Tx,
  agency: string,
  at: Date,
  uses: readonly { jti: string; receiptNumber: string }[],
): Promise<void> {
  const jtis = uses.map(({ jti }) => jti);
  await tx`update agency.requests set used_at = ${at},
      receipt_number = (${uses.map(({ receiptNumber }) => receiptNumber)}::text[])[array_position(${jtis}::text[], jti)]
    where agency = ${agency} and jti = any(${jtis})`;
}

/** Of `agency.requests r`, as a {@link RequestRow}. */
export function requestColumns(sql: Sql | Tx) {
  return sql`r.jti, r.procedure_id as "procedureId", r.procedure_version as "procedureVersion",
    r.definition_digest as "definitionDigest", r.answers_digest as "answersDigest", r.attachments, r.relation,
    r.browser_hash as "browserHash", r.issued_at as "issuedAt", r.expires_at as "expiresAt", r.used_at as "usedAt",
    r.receipt_number as "receiptNumber"`;
}
