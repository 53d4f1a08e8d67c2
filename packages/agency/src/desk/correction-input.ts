import type { Submission } from '@madoguchi/procedure';
import type { CorrectionAsked } from './decide.js';
import { markables } from './markable.js';

const USUAL_DAYS = 14;

/** Two weeks from today in Japan, YYYY-MM-DD. */
export function defaultUntil(now: Date): string {
  return new Date(now.getTime() + 9 * 3600_000 + USUAL_DAYS * 86_400_000).toISOString().slice(0, 10);
}

/** What an officer's form says about a correction: marks that the application really has, and the last day as typed (two weeks when empty). */
export function correctionInput(
  form: Record<string, string | File | (string | File)[]>,
  submission: Submission | undefined,
  now: Date,
): CorrectionAsked {
  const known = new Set(
    submission === undefined
      ? []
      : markables(submission.definition, submission.application).map(({ name }) => name),
  );
  const fields = [form.mark ?? []]
    .flat()
    .filter((mark) => typeof mark === 'string' && known.has(mark)) as string[];
  const typed = typeof form.until === 'string' ? form.until.normalize('NFKC').trim() : '';
  return { fields, until: typed === '' ? defaultUntil(now) : typed.replaceAll('/', '-') };
}
