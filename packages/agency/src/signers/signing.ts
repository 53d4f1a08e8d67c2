import { readSubmission, type Submission, sha256Hex } from '@madoguchi/procedure';
import type { Sql, Tx } from '@madoguchi/store';
import { readSubmissionOf, submissionsOf } from '../cases/submissions.js';
import { type SignerProgress, signerProgress } from './progress.js';
import { wantedSigners } from './wanted.js';

/** Where the signing of a case stands: what is signed, and who has. */
export interface CaseSigning {
  readonly submission: Submission;
  /** SHA-256 of the application that all sign, hexadecimal. */
  readonly digest: string;
  readonly progress: readonly SignerProgress[];
}

/** Did this case ever wait for others to sign? Cheaper than reading it. */
export async function asksSigners(sql: Sql | Tx, agency: string, receiptNumber: string): Promise<boolean> {
  const rows = await sql`select 1 from agency.actions
    where agency = ${agency} and receipt_number = ${receiptNumber} and kind = 'cosignAsked' limit 1`;
  return rows.length > 0;
}

/** Of the application that a case now stands on; undefined where it cannot be read. */
export async function readSigning(
  sql: Sql | Tx,
  agency: string,
  receiptNumber: string,
): Promise<CaseSigning | undefined> {
  const newest = (await submissionsOf(sql, agency, receiptNumber)).at(-1) ?? receiptNumber;
  const stored = await readSubmissionOf(sql, agency, newest);
  const read = stored && readSubmission(stored.container);
  if (!read?.ok) return undefined;
  const submission = read.value;
  const digest = sha256Hex(submission.applicationBytes);
  const wanted = wantedSigners(submission.definition, submission.application);
  if (wanted.length === 0) return { submission, digest, progress: [] };
  const actions = await sql<{ kind: string; at: Date; detail: Record<string, string> }[]>`
    select kind, at, detail from agency.actions
    where agency = ${agency} and receipt_number = ${receiptNumber} and kind like 'cosign%' order by seq`;
  return { submission, digest, progress: signerProgress(wanted, actions, digest) };
}

/** The first applicant, and everybody who has signed with them, as their certificates call them. */
export async function identitiesOf(
  sql: Sql | Tx,
  agency: string,
  signing: CaseSigning,
): Promise<Submission['application']['applicant'][]> {
  const identities = [signing.submission.application.applicant];
  for (const { receipt } of signing.progress) {
    const stored = receipt === undefined ? undefined : await readSubmissionOf(sql, agency, receipt);
    const read = stored && readSubmission(stored.container);
    if (read?.ok) identities.push(read.value.application.applicant);
  }
  return identities;
}
