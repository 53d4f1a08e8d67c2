import { readSubmission } from '@madoguchi/procedure';
import { appendAudit, type Sql } from '@madoguchi/store';
import { words } from '@madoguchi/ui';
import { z } from 'zod';
import { auditChain } from '../cases/audit-chain.js';
import { appendAction, type CaseRow, findCase } from '../cases/queries.js';
import { readSubmissionOf, submissionsOf } from '../cases/submissions.js';
import type { AgencyConfig, ReceptionOptions } from '../options.js';
import { readParts } from '../parts/case-parts.js';
import { partStateWords } from '../parts/texts.js';
import { readSigning } from '../signers/signing.js';
import { signerName } from '../signers/wanted.js';
import type { Notice, ReplyDecision } from './notice.js';
import { hasReply } from './queries.js';
import { signNotice } from './sign.js';

/** Name of the job that makes the notice of a decision, and what it is given. */
export const replyJob = 'agency.reply';
export const replyPayload = z.object({ agency: z.string(), receiptNumber: z.string() });

/** What the notice of a decision would say; undefined where the application cannot be read. */
export async function noticeOf(
  sql: Sql,
  agency: AgencyConfig,
  row: CaseRow,
  decision: { decision: ReplyDecision; reason: string; at: Date },
): Promise<Omit<Notice, 'draft'> | undefined> {
  const newest = (await submissionsOf(sql, agency.code, row.receiptNumber)).at(-1) ?? row.receiptNumber;
  const stored = await readSubmissionOf(sql, agency.code, newest);
  const read = stored && readSubmission(stored.container);
  if (!read?.ok) return undefined;
  const { application, definition } = read.value;
  const { receiptNumber, arrivedAt } = row;
  const progress = (await readSigning(sql, agency.code, receiptNumber))?.progress ?? [];
  const parts = (await readParts(sql, agency.code, receiptNumber))?.progress ?? [];
  return {
    ...{ agency, receiptNumber, arrivedAt, definition },
    applicant: application.applicant,
    signers: progress
      .filter(({ state }) => state === 'signed')
      .map(({ wanted }) => words(signerName(wanted), 'ja')),
    parts: parts.map(({ part, state, at }) => ({
      authority: words(part.authority, 'ja'),
      title: words(part.title, 'ja'),
      state: words(partStateWords[state], 'ja'),
      at,
    })),
    decidedAt: decision.at,
    decision: decision.decision,
    reason: decision.reason,
  };
}

/**
 * Makes and signs the notice of a decision, once: the job behind an acceptance or a rejection. Safe to run again after a crash at any point; an
 * application that cannot be read gets no notice.
 */
export async function makeReply(
  { db, agency, keys, clock }: Pick<ReceptionOptions, 'db' | 'agency' | 'keys' | 'clock'>,
  receiptNumber: string,
): Promise<void> {
  const { sql } = db;
  const row = await findCase(sql, agency.code, receiptNumber);
  if (row === undefined || (row.state !== 'accepted' && row.state !== 'rejected')) return;
  if (await hasReply(sql, agency.code, receiptNumber)) return;
  const decision = row.state;
  const [taken] = await sql<{ at: Date; reason: string | null }[]>`
    select at, detail->>'reason' as reason from agency.actions
    where agency = ${agency.code} and receipt_number = ${receiptNumber} and kind = ${decision} order by seq desc limit 1`;
  if (taken === undefined) return;
  const notice = await noticeOf(sql, agency, row, { decision, reason: taken.reason ?? '', at: taken.at });
  if (notice === undefined) return;
  const at = clock();
  const { pdf, xml } = await signNotice({ ...notice, draft: false }, keys, at);
  await sql.begin(async (tx) => {
    const inserted = await tx`insert into agency.replies (agency, receipt_number, decision, made_at, pdf, xml)
      values (${agency.code}, ${receiptNumber}, ${decision}, ${at}, ${Buffer.from(pdf)}, ${Buffer.from(xml)})
      on conflict do nothing returning 1`;
    if (inserted.length === 0) return;
    await appendAction(tx, agency.code, receiptNumber, { at, actor: 'agency', kind: 'replied' });
    await appendAudit(tx, auditChain(agency.code), {
      at,
      actor: 'agency',
      action: 'case.replied',
      subject: receiptNumber,
    });
  });
}

/** The applicant has the notice: said once, because time limits of law run from then. */
export async function recordFetched(
  sql: Sql,
  agency: string,
  receiptNumber: string,
  at: Date,
): Promise<void> {
  await sql.begin(async (tx) => {
    const first = await tx`update agency.replies set fetched_at = ${at}
      where agency = ${agency} and receipt_number = ${receiptNumber} and fetched_at is null returning 1`;
    if (first.length === 0) return;
    await appendAction(tx, agency, receiptNumber, { at, actor: 'applicant', kind: 'replyFetched' });
  });
}
