import { readSubmission } from '@madoguchi/procedure';
import type { Sql } from '@madoguchi/store';
import type { z } from 'zod';
import { listActions } from '../cases/actions.js';
import { duplicatesOf } from '../cases/duplicates.js';
import { pausable } from '../cases/pause.js';
import { findCase } from '../cases/queries.js';
import { readSubmissionOf, submissionsOf } from '../cases/submissions.js';
import type { AgencyConfig } from '../options.js';
import { readParts } from '../parts/case-parts.js';
import { readSigning } from '../signers/signing.js';
import type { Lights } from '../verification/lights.js';
import { latestVerification } from '../verification/queries.js';
import type { ApiKeyUsed } from './keys.js';
import type { detailed, listed } from './shapes.js';

export type Listed = z.infer<typeof listed>;
export type Detailed = z.infer<typeof detailed>;
type Row = Omit<Listed, 'arrivedAt' | 'handedOverAt'> & { arrivedAt: Date; handedOverAt: Date | null };

/** Cases as core systems see them: those that joined another one are part of it; a key may reach over one procedure only. */
export async function listedCases(
  sql: Sql,
  agency: string,
  key: Pick<ApiKeyUsed, 'procedure'>,
  where: ReturnType<Sql>,
  limit: number,
): Promise<Listed[]> {
  const found = await sql<Row[]>`
    select receipt_number as "receiptNumber", procedure_id as procedure, arrived_at as "arrivedAt", state,
      (case when state = 'correction' then correct_by else due_on end)::text as deadline,
      assigned_to as "assignedTo", resident_id as resident, handed_over_at as "handedOverAt"
    from agency.cases where agency = ${agency} and joins is null
      ${key.procedure === null ? sql`` : sql`and procedure_id = ${key.procedure}`} ${where}
    order by arrived_at, receipt_number limit ${limit}`;
  return found.map((row) => ({
    ...row,
    arrivedAt: row.arrivedAt.toISOString(),
    handedOverAt: row.handedOverAt?.toISOString() ?? null,
  }));
}

/** The signed container of the newest submission. */
export async function newestContainer(
  sql: Sql,
  agency: string,
  receipt: string,
): Promise<{ submissions: string[]; container: Uint8Array } | undefined> {
  const submissions = await submissionsOf(sql, agency, receipt);
  const stored = await readSubmissionOf(sql, agency, submissions.at(-1) ?? receipt);
  return stored && { submissions, container: stored.container };
}

/** One case with everything a core system takes over; undefined where it cannot be read. */
export async function detailOf(
  sql: Sql,
  { code: agency, duplicateDays }: Pick<AgencyConfig, 'code' | 'duplicateDays'>,
  row: Listed,
): Promise<Detailed | undefined> {
  const receipt = row.receiptNumber;
  const newest = await newestContainer(sql, agency, receipt);
  const submission = newest && readSubmission(newest.container);
  if (newest === undefined || !submission?.ok) return undefined;
  const { application } = submission.value;
  const { name, address, birthDate, sex } = application.applicant;
  const look = await latestVerification(sql, agency, receipt);
  const actions = await listActions(sql, agency, receipt);
  const isDuplicate = row.state === 'duplicate';
  return {
    ...row,
    procedureVersion: application.procedure.version,
    definitionDigest: application.procedure.digest,
    applicant: { name, address, birthDate, sex },
    answers: application.answers,
    attachments: application.attachments.map((file) => ({
      name: file.name,
      size: file.size,
      sha256: file.sha256,
      rule: file.rule ?? null,
    })),
    duplicates: (await duplicatesOf(sql, agency, receipt, duplicateDays)).map((one) => one.receiptNumber),
    pause: await pauseOf(sql, agency, row),
    duplicateOf: isDuplicate
      ? (actions.findLast(({ kind }) => kind === 'duplicate')?.detail.of ?? null)
      : null,
    submissions: newest.submissions,
    parts: await partsOf(sql, agency, receipt),
    signers: await signersOf(sql, agency, receipt),
    lights: look === undefined ? null : lightStates(look.lights),
    actions: actions.map(({ at, kind }) => ({ at: at.toISOString(), kind })),
  };
}

async function pauseOf(sql: Sql, agency: string, row: Listed): Promise<Detailed['pause']> {
  const { pausedAt, pausedUntil } = (await findCase(sql, agency, row.receiptNumber)) ?? {};
  if (pausedAt == null || !pausable.includes(row.state)) return null;
  return { since: pausedAt.toISOString(), until: pausedUntil ?? null };
}

async function partsOf(sql: Sql, agency: string, receipt: string): Promise<Detailed['parts']> {
  return ((await readParts(sql, agency, receipt))?.progress ?? []).map((one) => ({
    part: one.part.id,
    office: one.office,
    state: one.state,
    at: one.at?.toISOString() ?? null,
    deadline: one.dueOn ?? null,
  }));
}

async function signersOf(sql: Sql, agency: string, receipt: string): Promise<Detailed['signers']> {
  return ((await readSigning(sql, agency, receipt))?.progress ?? []).map((one) => ({
    signer: one.wanted.id,
    name: one.wanted.person.name,
    state: one.state,
    receiptNumber: one.receipt ?? null,
  }));
}

function lightStates({ signature, identity, validity }: Lights): Detailed['lights'] {
  return { signature: signature.state, identity: identity.state, validity: validity.state };
}
