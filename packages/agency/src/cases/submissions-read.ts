import { readSubmission, type Submission } from '@madoguchi/procedure';
import type { Sql, Tx } from '@madoguchi/store';
import { readSubmissionOf, submissionsOf } from './submissions.js';

/** The two newest submissions of a case that can be read, the newest last. */
export async function submissionsRead(
  sql: Sql | Tx,
  agency: string,
  receiptNumber: string,
): Promise<Submission[]> {
  const numbers = await submissionsOf(sql, agency, receiptNumber);
  const read = await Promise.all(
    numbers.slice(-2).map(async (number) => {
      const stored = await readSubmissionOf(sql, agency, number);
      const submission = stored === undefined ? undefined : readSubmission(stored.container);
      return submission?.ok ? submission.value : undefined;
    }),
  );
  return read.flatMap((submission) => submission ?? []);
}
