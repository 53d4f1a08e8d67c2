import type { Submission } from '@madoguchi/procedure';
import { japaneseDay } from '@madoguchi/ui';
import type { CorrectionAsked } from './decide.js';
import { markables } from './markable.js';

const USUAL_DAYS = 14;

/** Two weeks from today in Japan, YYYY-MM-DD. */
export function defaultUntil(now: Date): string {
  return japaneseDay(now, USUAL_DAYS);
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
