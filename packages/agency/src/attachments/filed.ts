import type { Sql } from '@madoguchi/store';
import type { Words } from '@madoguchi/ui';
import { currentApplication } from '../cases/submissions.js';
import { toldAfter } from './told.js';

interface Done {
  readonly kind: string;
  readonly detail: Record<string, string>;
}

/** What the applicant is told of the files that a case now stands on: nothing is opened for it, and nothing asked where all is well. */
export async function filesTold(
  sql: Sql,
  agency: string,
  receiptNumber: string,
  actions: readonly Done[],
): Promise<Words[]> {
  const newest = actions.findLast(({ kind }) => kind === 'corrected')?.detail.receipt ?? receiptNumber;
  const found =
    newest === receiptNumber
      ? actions.find(({ kind }) => kind === 'opened')?.detail.files
      : await filesOf(sql, agency, newest);
  if (found === undefined) return [];
  const current = await currentApplication(sql, agency, receiptNumber);
  return toldAfter(found, current?.application.attachments.map(({ name }) => name) ?? []);
}

async function filesOf(sql: Sql, agency: string, submission: string): Promise<string | undefined> {
  const [row] = await sql<{ files: string | null }[]>`select detail->>'files' as files from agency.actions
    where agency = ${agency} and receipt_number = ${submission} and kind = 'opened' order by seq limit 1`;
  return row?.files ?? undefined;
}
