import { counterJobs } from './explanations/counter-jobs.js';
import { intake } from './explanations/intake.js';
import { logins } from './explanations/logins.js';
import { askOffice } from './explanations/next-steps.js';
import { requests } from './explanations/requests.js';
import { submissions } from './explanations/submissions.js';
import { say, type Words } from './words.js';

/** What happened, and the one thing to do next. */
export interface Explanation {
  what: Words;
  next: Words;
}

/** Rules in full, or their beginning up to a dot. The longest that fits is taken. */
const table: Record<string, Explanation> = {
  ...requests,
  ...submissions,
  ...intake,
  ...logins,
  ...counterJobs,
};

const unknown: Explanation = {
  what: say(
    '確かめている途中で、決まりに合わないところが見つかりました。',
    '{正|ただ}しく ない ところが ありました。',
    'Something was found that does not follow the rules.',
  ),
  next: askOffice,
};

/** A rule that failed, in words: what happened and the one next step. Every rule has words; an unknown one gets general words. */
export function explainRule(rule: string): Explanation {
  for (let key = rule; key !== ''; key = key.slice(0, Math.max(0, key.lastIndexOf('.')))) {
    const found = Object.hasOwn(table, key) ? table[key] : undefined;
    if (found) return found;
  }
  return unknown;
}

/** Every rule, or beginning of rules, that has words of its own: the pages of error codes. */
export const explainedRules: readonly string[] = Object.keys(table).sort();
