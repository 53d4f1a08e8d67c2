import { pdfCheckWords } from './pdf-check-words.js';
import { signatureCheckWords } from './signature-check-words.js';
import { validityCheckWords } from './validity-check-words.js';
import type { Words } from './words.js';

/** What a check asks, in words for officers, lawyers and engineers; what else it can find is in the table of findings. `{漢字|かんじ}` is a reading aid. */
export interface CheckWords {
  readonly title: Words;
  /** What was found where it passed. */
  readonly passed: Words;
  /** Why it is asked. */
  readonly means: Words;
  /** Where the rule comes from; the standards' own names, the same in every language. */
  readonly source: string;
}

const known: ReadonlyMap<string, CheckWords> = new Map(
  Object.entries({ ...signatureCheckWords, ...pdfCheckWords, ...validityCheckWords }),
);

/** The words of a check; undefined where this version does not know it (a stored report may be newer). */
export function explainCheck(id: string): CheckWords | undefined {
  return known.get(id);
}
