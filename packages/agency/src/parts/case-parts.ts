import type { Submission } from '@madoguchi/procedure';
import type { Sql, Tx } from '@madoguchi/store';
import { submissionsRead } from '../cases/submissions-read.js';
import { type PartAction, type PartProgress, partProgress, partsInForce } from './progress.js';

/** A one-stop application with the state of its parts. */
export interface CaseParts {
  readonly submission: Submission;
  readonly progress: readonly PartProgress[];
}

/** Has this case parts? Cheaper than reading it. */
export async function hasParts(sql: Sql | Tx, agency: string, receiptNumber: string): Promise<boolean> {
  const rows = await sql`select 1 from agency.parts
    where agency = ${agency} and receipt_number = ${receiptNumber} limit 1`;
  return rows.length > 0;
}

/** The parts of the application that a case now stands on; undefined where it cannot be read. */
export async function readParts(
  sql: Sql | Tx,
  agency: string,
  receiptNumber: string,
): Promise<CaseParts | undefined> {
  const submission = (await submissionsRead(sql, agency, receiptNumber)).at(-1);
  if (submission === undefined) return undefined;
  return { submission, progress: await progressOf(sql, agency, receiptNumber, submission) };
}

/** How far each office is; none where nobody but the agency itself decides. */
export async function partsProgress(
  sql: Sql | Tx,
  agency: string,
  receiptNumber: string,
): Promise<readonly PartProgress[]> {
  if (!(await hasParts(sql, agency, receiptNumber))) return [];
  return (await readParts(sql, agency, receiptNumber))?.progress ?? [];
}

async function progressOf(
  sql: Sql | Tx,
  agency: string,
  receiptNumber: string,
  submission: Submission,
): Promise<PartProgress[]> {
  const parts = partsInForce(submission.definition, submission.application.answers);
  if (parts.length === 0) return [];
  const actions = await sql<PartAction[]>`select kind, at, detail from agency.actions
    where agency = ${agency} and receipt_number = ${receiptNumber} order by seq`;
  return partProgress(parts, actions);
}

/** Repeats for the queues what the actions say now, in the transaction that appended one. */
export async function refreshParts(
  tx: Tx,
  agency: string,
  receiptNumber: string,
  submission: Submission,
): Promise<PartProgress[]> {
  const progress = await progressOf(tx, agency, receiptNumber, submission);
  const kept = progress.map(({ part }) => part.id);
  await tx`delete from agency.parts where agency = ${agency} and receipt_number = ${receiptNumber}
    and not (part = any(${kept}))`;
  for (const [position, { part, office, state, dueOn }] of progress.entries())
    await tx`insert into agency.parts (agency, receipt_number, part, office, position, state, due_on)
      values (${agency}, ${receiptNumber}, ${part.id}, ${office}, ${position}, ${state}, ${dueOn ?? null})
      on conflict (agency, receipt_number, part) do update
        set office = excluded.office, position = excluded.position, state = excluded.state, due_on = excluded.due_on`;
  return progress;
}
