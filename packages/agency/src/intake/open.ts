import {
  type Application,
  canonicalize,
  type Json,
  readSubmission,
  type Submission,
  sha256Hex,
} from '@madoguchi/procedure';
import { appendAudit } from '@madoguchi/store';
import { attachmentInspector } from '../attachments/inspected.js';
import type { Scanner } from '../attachments/scanner.js';
import { filesDetail } from '../attachments/told.js';
import { auditChain } from '../cases/audit-chain.js';
import { dueDate } from '../cases/due-date.js';
import { appendAction, type CaseRow, findCase, readEnvelope } from '../cases/queries.js';
import { joinCorrection, lockRelated } from '../cases/relate.js';
import { personDigest } from '../cases/same-person.js';
import { submissionsOf } from '../cases/submissions.js';
import { countSigner } from '../limits/signers.js';
import type { ReceptionOptions, VerifyCaseInput } from '../options.js';
import { refreshParts } from '../parts/case-parts.js';
import { findRequest, type RequestRow } from '../requests/queries.js';
import { askSigners, lockSigning } from '../signers/join.js';
import { openWithKeys } from './open-envelope.js';

/**
 * Opens an envelope that has arrived: decrypts, reads the container, compares it with the request it answers, and hands it to
 * verification. What is not addressed to us, or does not answer exactly what we asked, is refused under its receipt with the reason.
 * Safe to run again after a crash at any point.
 */
export async function openArrived(
  options: ReceptionOptions,
  receiptNumber: string,
  verify: (input: Omit<VerifyCaseInput, 'trust'>) => Promise<void>,
): Promise<void> {
  const { db, agency, keys, clock } = options;
  const { sql } = db;
  const row = await findCase(sql, agency.code, receiptNumber);
  if (!row || !['arrived', 'opened', 'joined'].includes(row.state)) return;
  // Joined before: only its verification may still be due.
  if (row.state === 'joined' && !(await isVerificationDue(options, row))) return;
  const envelope = await readEnvelope(sql, agency.code, receiptNumber);
  const opened = await openWithKeys(keys, envelope);
  if (!opened.ok) {
    await refuse(options, receiptNumber, 'envelope.unreadable', opened.rule);
    return;
  }
  const container = opened.value;
  const submission = readSubmission(container);
  if (submission.ok) {
    const request = await findRequest(sql, agency.code, row.jti);
    const rule = answersRequest(agency.code, row.jti, request, submission.value.application);
    if (rule) {
      await refuse(options, receiptNumber, rule);
      return;
    }
  }
  if (row.state === 'arrived') {
    const rule = await recordOpened(options, receiptNumber, row.arrivedAt, container, submission);
    if (rule !== undefined) {
      await refuse(options, receiptNumber, rule);
      return;
    }
  }
  const relation = submission.ok ? submission.value.application.relation : undefined;
  await verify({
    sql,
    agency: { code: agency.code, name: agency.name },
    // A correction is looked at as the case that it became part of.
    ...(relation?.kind === 'corrects'
      ? { receiptNumber: relation.receipt, submission: receiptNumber }
      : { receiptNumber }),
    opened: submission,
    onSigned: (certificate) => countSigner(options, certificate),
    container,
    arrivedAt: row.arrivedAt,
    clock,
  });
}

async function isVerificationDue({ db, agency }: ReceptionOptions, row: CaseRow): Promise<boolean> {
  const joined = row.joins === null ? undefined : await findCase(db.sql, agency.code, row.joins);
  if (joined?.state !== 'opened') return false;
  return (await submissionsOf(db.sql, agency.code, joined.receiptNumber)).at(-1) === row.receiptNumber;
}

/** Writes down what was opened; a submission that may not do what it says to an earlier one is told by the rule, and nothing is written. */
async function recordOpened(
  { db, agency, keys, clock, scan }: ReceptionOptions,
  receiptNumber: string,
  arrivedAt: Date,
  container: Uint8Array,
  submission: VerifyCaseInput['opened'],
): Promise<string | undefined> {
  const at = clock();
  const relation = submission.ok ? submission.value.application.relation : undefined;
  const kept = keptOf(submission, arrivedAt, { agency: agency.code, secret: keys.secret });
  const files = submission.ok ? await lookAtFiles(scan, submission.value) : {};
  return db.sql.begin(async (tx) => {
    const fault =
      relation?.kind === 'cosigns'
        ? (await lockSigning(tx, agency.code, relation, at)).fault
        : relation && (await lockRelated(tx, agency.code, relation, at));
    if (fault !== undefined) return fault;
    await tx`insert into agency.submissions (agency, receipt_number, container, application, opened_at)
      values (${agency.code}, ${receiptNumber}, ${Buffer.from(container)}, ${kept.application}, ${at})
      on conflict do nothing`;
    await tx`update agency.cases set applicant_name = ${kept.name}, due_on = ${kept.due}, authentication_key = ${kept.key},
        person = ${kept.person}
      where agency = ${agency.code} and receipt_number = ${receiptNumber}`;
    await appendAction(tx, agency.code, receiptNumber, {
      at,
      actor: 'reception',
      kind: 'opened',
      detail: submission.ok ? files : { rule: submission.rule },
    });
    if (submission.ok && (relation === undefined || relation.kind === 'corrects')) {
      const { value } = submission;
      const { application } = value;
      const receipt = relation?.receipt ?? receiptNumber;
      if (relation !== undefined) {
        const joining = { relation, submission: receiptNumber, application, at, arrivedAt };
        await joinCorrection(tx, agency.code, joining);
      }
      await askSigners(tx, agency.code, { receipt, submission: value, at });
      await refreshParts(tx, agency.code, receipt, value);
    }
    await appendAudit(tx, auditChain(agency.code), {
      at,
      actor: 'reception',
      action: 'case.opened',
      subject: receiptNumber,
      detail: { container: sha256Hex(container) },
    });
    return undefined;
  });
}

/** What the tables keep of a submission beside its container; nothing of one that cannot be read. */
function keptOf(
  submission: VerifyCaseInput['opened'],
  arrivedAt: Date,
  { agency, secret }: { agency: string; secret: Uint8Array },
) {
  if (!submission.ok) return { application: null, name: null, key: null, due: null, person: null };
  const { application, applicationBytes, definition } = submission.value;
  const { applicant, authenticationKey, relation } = application;
  return {
    application: Buffer.from(applicationBytes),
    name: applicant.name,
    key: authenticationKey ?? null,
    due: dueDate(arrivedAt, definition.processingDays),
    // Only what stands by itself is held against others of the same person.
    person: relation === undefined ? personDigest(secret, agency, applicant) : null,
  };
}

async function refuse(
  { db, agency, clock, log }: ReceptionOptions,
  receiptNumber: string,
  rule: string,
  cause?: string,
): Promise<void> {
  const at = clock();
  await db.sql.begin(async (tx) => {
    await appendAction(tx, agency.code, receiptNumber, {
      at,
      actor: 'reception',
      kind: 'refused',
      detail: cause === undefined ? { rule } : { rule, cause },
    });
    await appendAudit(tx, auditChain(agency.code), {
      at,
      actor: 'reception',
      action: 'case.refused',
      subject: receiptNumber,
      detail: { rule },
    });
  });
  log?.('intake.refused', { receipt: receiptNumber, rule });
}

/** What the applicant will be told of the files, for the `opened` action; nothing is asked or looked at where there are none. */
export async function lookAtFiles(
  scan: Scanner | undefined,
  { attachments }: Submission,
): Promise<{ files?: string }> {
  return attachments.length === 0 ? {} : filesDetail(await attachmentInspector(scan)(attachments));
}

/** Envelopes are not bound to their reader by cryptography: what is inside must name us, and answer our request exactly. Gives the rule that it breaks. */
export function answersRequest(
  agencyCode: string,
  jti: string,
  request: RequestRow | undefined,
  application: Application,
): string | undefined {
  if (application.agency.code !== agencyCode) return 'intake.agency';
  if (!request || application.nonce !== jti || request.jti !== jti) return 'intake.nonce';
  const { procedure } = application;
  if (
    procedure.digest !== request.definitionDigest ||
    procedure.id !== request.procedureId ||
    procedure.version !== request.procedureVersion
  )
    return 'intake.definition';
  if (plainRelation(application.relation) !== plainRelation(request.relation)) return 'intake.relation';
  if (sha256Hex(canonicalize(application.answers)) !== request.answersDigest) return 'intake.answers';
  const plain = (files: { name: string; size: number; sha256: string; rule?: string | undefined }[]) =>
    JSON.stringify(files.map(({ name, size, sha256, rule }) => [name, size, sha256, rule ?? '']));
  return plain(application.attachments) === plain(request.attachments) ? undefined : 'intake.attachments';
}

function plainRelation(relation: Application['relation'] | null): string {
  return relation ? sha256Hex(canonicalize(relation as unknown as Json)) : '';
}
