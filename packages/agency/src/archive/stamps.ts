import { createHash } from 'node:crypto';
import { openTimeStamp, type Stamp, stampThrough } from '@madoguchi/pki';
import { postOctets } from '@madoguchi/procedure/basics';
import { appendAudit, type Sql } from '@madoguchi/store';
import { auditChain } from '../cases/audit-chain.js';
import { manifestOf, type Piece, piecesOf } from './pieces.js';

/** A time stamp over what is kept of a case. */
export interface EvidenceStamp {
  readonly seq: number;
  readonly at: Date;
  readonly manifest: string;
  /** TimeStampToken, DER. */
  readonly token: Uint8Array;
  /** When the certificate of the time-stamping authority ends. */
  readonly endsAt: Date;
}

export async function stampsOf(sql: Sql, agency: string, receiptNumber: string): Promise<EvidenceStamp[]> {
  return sql<EvidenceStamp[]>`select seq, at, manifest, token, ends_at as "endsAt" from agency.evidence_stamps
    where agency = ${agency} and receipt_number = ${receiptNumber} order by seq`;
}

/** Stamps as files: each list of files with its token. */
export function stampPieces(stamps: readonly EvidenceStamp[]): Piece[] {
  return stamps.flatMap(({ seq, manifest, token }) => [
    { name: `stamps/${seq}.sha256`, bytes: Buffer.from(manifest) },
    { name: `stamps/${seq}.tst`, bytes: token },
  ]);
}

/**
 * Puts an archive time stamp over all that is kept of a case now, the earlier stamps included, so that each is proved by a younger one before its
 * authority's certificate ends. Rejects where the authority gives none; then nothing is written.
 */
async function stampCase(
  { sql, agency, stamp, clock }: { sql: Sql; agency: string; stamp: Stamp; clock: () => Date },
  receiptNumber: string,
): Promise<EvidenceStamp> {
  const earlier = await stampsOf(sql, agency, receiptNumber);
  const manifest = manifestOf([...(await piecesOf(sql, agency, receiptNumber)), ...stampPieces(earlier)]);
  const token = await stamp({
    algorithm: 'sha256',
    digest: createHash('sha256').update(manifest).digest(),
  });
  const opened = openTimeStamp(token);
  if (!opened.ok) throw new Error(opened.rule);
  const { info, certificate } = opened.token;
  const seq = (earlier.at(-1)?.seq ?? 0) + 1;
  const made = { seq, at: info.time, manifest, token, endsAt: certificate.notAfter };
  await sql.begin(async (tx) => {
    await tx`insert into agency.evidence_stamps (agency, receipt_number, seq, at, manifest, token, ends_at)
      values (${agency}, ${receiptNumber}, ${seq}, ${made.at}, ${manifest}, ${Buffer.from(token)}, ${made.endsAt})`;
    await appendAudit(tx, auditChain(agency), {
      at: clock(),
      actor: 'archive',
      action: 'case.stamped',
      subject: receiptNumber,
      detail: { stamp: seq, sha256: createHash('sha256').update(token).digest('hex') },
    });
  });
  return made;
}

/** A stamp is renewed this long before its authority's certificate ends. */
const renewBeforeMs = 90 * 24 * 3600_000;
const mostAtOnce = 100;

/**
 * Stamps every case of which something new is kept, and renews the stamps whose authority's certificate ends soon. Gives how many were stamped and how many
 * are left for the next time; a case that fails stays due and keeps nobody waiting.
 */
export async function stampDue(place: {
  sql: Sql;
  agency: string;
  stamp: Stamp;
  clock: () => Date;
}): Promise<{ stamped: number; failed: number }> {
  const { sql, agency, clock } = place;
  const due = await sql<
    { number: string; since: string }[]
  >`select receipt_number as number, since::text from agency.evidence_due
    where agency = ${agency} order by since limit ${mostAtOnce}`;
  const soon = new Date(clock().getTime() + renewBeforeMs);
  const ending = await sql<{ number: string }[]>`select receipt_number as number from agency.evidence_stamps
    where agency = ${agency} group by receipt_number having max(ends_at) < ${soon} limit ${mostAtOnce}`;
  const numbers = new Set([...due, ...ending].map(({ number }) => number));
  let stamped = 0;
  for (const number of numbers) {
    const since = due.find((one) => one.number === number)?.since;
    try {
      const newest = (await stampsOf(sql, agency, number)).at(-1);
      // A stamp that the authority would only repeat helps nobody.
      const isNew = since !== undefined || newest === undefined || newest.endsAt < soon;
      if (isNew) await stampCase(place, number);
      if (since !== undefined)
        await sql`delete from agency.evidence_due
          where agency = ${agency} and receipt_number = ${number} and since <= ${since}::text::timestamptz`;
      stamped += 1;
    } catch {
      // The authority is away, or this one case cannot be read: it stays due.
    }
  }
  return { stamped, failed: numbers.size - stamped };
}

/** Stamps of the authority at an address (RFC 3161 over HTTP), under these anchors. */
export function stampFromUrl(url: string, anchors: readonly Uint8Array[]): Stamp {
  const send = async (request: Uint8Array) => {
    const answer = await postOctets({
      url,
      asks: 'timeStamp',
      body: request,
      longest: 1 << 20,
      patienceMs: 20_000,
    });
    if (!answer.ok) throw new Error(answer.why);
    return answer.bytes;
  };
  return stampThrough(send, { anchors, checkRevocation: false });
}
