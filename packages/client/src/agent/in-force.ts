import type { Words } from '@madoguchi/ui';
import { timeWords } from './date-words.js';
import type { Trouble } from './trouble.js';

/**
 * Is what was handed over still in force? A computer that slept, or a citizen who did, is told before anything is asked or done: it is over then, with the
 * trouble that `expired` makes. `exp`: its end in seconds since 1970, as its claims say.
 */
export function inForce(
  staged: { moveTo(over: { at: 'over'; trouble: Trouble }): void },
  { exp, now }: { exp: number; now: Date },
  expired: (values: { date: Words }) => Trouble,
): boolean {
  const until = new Date(exp * 1000);
  if (now < until) return true;
  staged.moveTo({ at: 'over', trouble: expired({ date: timeWords(until) }) });
  return false;
}
