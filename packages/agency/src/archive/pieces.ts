import { sha256Hex } from '@madoguchi/procedure/basics';
import type { Sql } from '@madoguchi/store';
import { findCase, readEnvelope } from '../cases/queries.js';
import { readSubmissionOf, submissionsOf } from '../cases/submissions.js';
import { findReply } from '../replies/queries.js';
import { asksSigners, readSigning } from '../signers/signing.js';
import { readVerifications } from '../verification/queries.js';

/** One file of what is kept about a case. */
export interface Piece {
  /** Path in the bundle. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Everything of a case that never changes once it is there, as files: what arrived (envelope, receipt), what was in it (signed container), each look
 * (evidence, report), the lists and answers and certificates that the looks name, the signed notice. In the same order with the same bytes
 * whenever it is asked.
 */
export async function piecesOf(sql: Sql, agency: string, receiptNumber: string): Promise<Piece[]> {
  const pieces = new Map<string, Uint8Array>();
  for (const number of await submissionNumbers(sql, agency, receiptNumber)) {
    const row = await findCase(sql, agency, number);
    if (row === undefined) continue;
    const envelope = await readEnvelope(sql, agency, number);
    if (envelope.length > 0) pieces.set(`arrived/${number}.p7m`, envelope);
    pieces.set(`arrived/${number}.receipt.jws`, Buffer.from(row.receiptJws));
    const stored = await readSubmissionOf(sql, agency, number);
    if (stored !== undefined) pieces.set(`submissions/${number}.asice`, stored.container);
    for (const look of await readVerifications(sql, agency, number)) {
      const name = `looks/${number}-${look.seq}`;
      pieces.set(`${name}.evidence.json`, Buffer.from(look.evidence));
      pieces.set(`${name}.report.json`, Buffer.from(look.report));
      for (const [path, bytes] of certificatesIn(look.evidence)) pieces.set(path, bytes);
      for (const piece of await revocationIn(sql, agency, look.evidence)) pieces.set(piece.name, piece.bytes);
    }
  }
  const reply = await findReply(sql, agency, receiptNumber);
  if (reply !== undefined) {
    pieces.set('notice/notice.pdf', reply.pdf);
    pieces.set('notice/notice.xml', reply.xml);
  }
  return [...pieces].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The case's own submission, its corrections, and those of everybody who signed with the applicant. */
export async function submissionNumbers(sql: Sql, agency: string, receiptNumber: string): Promise<string[]> {
  const own = await submissionsOf(sql, agency, receiptNumber);
  if (!(await asksSigners(sql, agency, receiptNumber))) return own;
  const signing = await readSigning(sql, agency, receiptNumber);
  return [...own, ...(signing?.progress ?? []).flatMap(({ receipt }) => receipt ?? [])];
}

interface KeptEvidence {
  chain?: { indication?: string; path?: { der: string; sha256: string }[] };
  revocation?: { sha256: string }[];
}

/** The signer's certificate and those above it, each once; where they lead to an anchor, the last one is that. */
function certificatesIn(evidence: string): [string, Uint8Array][] {
  const { chain } = JSON.parse(evidence) as KeptEvidence;
  const path = chain?.path ?? [];
  return path.map(({ der, sha256 }, index) => {
    const kind = chain?.indication === 'PASSED' && index === path.length - 1 ? 'anchor' : 'certificate';
    return [`certificates/${kind}-${sha256.slice(0, 16)}.pem`, Buffer.from(pem(Buffer.from(der, 'base64')))];
  });
}

async function revocationIn(sql: Sql, agency: string, evidence: string): Promise<Piece[]> {
  const { revocation = [] } = JSON.parse(evidence) as KeptEvidence;
  const digests = [...new Set(revocation.map(({ sha256 }) => sha256))];
  if (digests.length === 0) return [];
  const rows = await sql<{ sha256: string; kind: string; bytes: Uint8Array }[]>`select sha256, kind, bytes
    from agency.revocation_data where agency = ${agency} and sha256 = any(${digests})`;
  return rows.map(({ sha256, kind, bytes }) => ({
    name: `revocation/${sha256.slice(0, 16)}.${kind === 'crl' ? 'crl' : 'ors'}`,
    bytes,
  }));
}

export function pem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** The list of files as `sha256sum -c` reads it. */
export function manifestOf(pieces: readonly Piece[]): string {
  return pieces.map(({ name, bytes }) => `${sha256Hex(bytes)}  ${name}\n`).join('');
}
