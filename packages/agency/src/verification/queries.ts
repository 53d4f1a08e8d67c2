import type { Sql, Tx } from '@madoguchi/store';
import type { RevocationDatum } from './collect.js';
import type { Lights } from './lights.js';
import { packLights, type StoredLights, unpackLights } from './stored-lights.js';

/** The newest look at a case. */
export interface VerificationRow {
  readonly seq: number;
  readonly at: Date;
  readonly lights: Lights;
}

export async function insertVerification(
  tx: Tx,
  agency: string,
  receiptNumber: string,
  row: { at: Date; submission?: string | undefined; evidence: string; report: string; lights: Lights },
): Promise<number> {
  const [inserted] = await tx<{ seq: number }[]>`
    insert into agency.verifications (agency, receipt_number, seq, at, submission, evidence, report, lights)
    select ${agency}, ${receiptNumber}, coalesce(max(seq), 0) + 1, ${row.at},
      ${row.submission ?? null}, ${row.evidence}, ${row.report},
      ${JSON.stringify(packLights(row.lights))}::text::jsonb
    from agency.verifications where agency = ${agency} and receipt_number = ${receiptNumber}
    returning seq`;
  return inserted?.seq ?? 0;
}

export async function keepRevocationData(
  tx: Tx,
  agency: string,
  data: readonly RevocationDatum[],
): Promise<void> {
  if (data.length === 0) return;
  // A list has megabytes and serves many cases: its bytes travel once.
  const rows = await tx<{ sha256: string }[]>`select sha256 from agency.revocation_data
    where agency = ${agency} and sha256 = any(${data.map(({ sha256 }) => sha256)})`;
  const kept = new Set(rows.map(({ sha256 }) => sha256));
  for (const { sha256, kind, obtainedAt, bytes } of data) {
    if (kept.has(sha256)) continue;
    await tx`insert into agency.revocation_data (agency, sha256, kind, obtained_at, bytes)
      values (${agency}, ${sha256}, ${kind}, ${obtainedAt}, ${Buffer.from(bytes)}) on conflict do nothing`;
  }
}

export async function latestVerification(
  sql: Sql | Tx,
  agency: string,
  receiptNumber: string,
): Promise<VerificationRow | undefined> {
  const [row] = await sql<(Omit<VerificationRow, 'lights'> & { lights: StoredLights })[]>`
    select seq, at, lights from agency.verifications
    where agency = ${agency} and receipt_number = ${receiptNumber} order by seq desc limit 1`;
  return row && { ...row, lights: unpackLights(row.lights) };
}

/** Evidence and report of every look at a case, as stored. */
export async function readVerifications(
  sql: Sql,
  agency: string,
  receiptNumber: string,
): Promise<{ seq: number; at: Date; submission: string | null; evidence: string; report: string }[]> {
  return sql`select seq, at, submission, evidence, report from agency.verifications
    where agency = ${agency} and receipt_number = ${receiptNumber} order by seq`;
}

/** When the nonce of a case was issued. */
export async function nonceTimeOf(
  sql: Sql,
  agency: string,
  receiptNumber: string,
): Promise<Date | undefined> {
  const [row] = await sql<{ at: Date }[]>`select r.issued_at as at from agency.cases c
    join agency.requests r on r.agency = c.agency and r.jti = c.jti
    where c.agency = ${agency} and c.receipt_number = ${receiptNumber}`;
  return row?.at;
}

/** The newest lights of each who signed with an applicant, by the number under which their signature arrived. */
export async function lightsOfSigners(
  sql: Sql,
  agency: string,
  signing: { progress: readonly { receipt: string | undefined }[] } | undefined,
): Promise<Map<string, Lights>> {
  const found = new Map<string, Lights>();
  for (const { receipt } of signing?.progress ?? []) {
    const look = receipt === undefined ? undefined : await latestVerification(sql, agency, receipt);
    if (receipt !== undefined && look !== undefined) found.set(receipt, look.lights);
  }
  return found;
}
