/** In which words the terminal speaks: 日本語, やさしい日本語 or English. */
import { type Register, type Words, words } from '@madoguchi/ui';
import { CommandError, optional, type Values } from './command.js';

export const tongueOption = { lang: { type: 'string' } } as const;

const names: Record<string, Register> = { ja: 'ja', easy: 'jaEasy', 'ja-easy': 'jaEasy', en: 'en' };

/** `--lang`, else `MADOGUCHI_LANG`, else the terminal's own language where it is English; else Japanese. */
export function tongueOf(values: Values, environment: NodeJS.ProcessEnv = process.env): Register {
  const asked = optional(values, 'lang');
  if (asked !== undefined && !Object.hasOwn(names, asked))
    throw new CommandError('usage', `--lang is ${asked}: use ja, easy or en.`);
  const chosen = names[asked ?? environment.MADOGUCHI_LANG ?? ''];
  if (chosen !== undefined) return chosen;
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return locale.startsWith('en') ? 'en' : 'ja';
}

/** A sentence for the terminal: no furigana there. */
export function say(text: Words, register: Register): string {
  return words(text, register);
}
