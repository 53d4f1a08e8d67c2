import { type Register, type Words, words } from '@madoguchi/ui/words';
import { CommandError, optional, type Values } from './command.js';

export const langOption = { lang: { type: 'string' } } as const;

const languages: Readonly<Record<string, Register>> = { ja: 'ja', 'ja-easy': 'jaEasy', en: 'en' };

/** `--lang`, else `MADOGUCHI_LANG`, else the language of the terminal (POSIX 8.2), else Japanese. */
export function languageOf(values: Values, environment: NodeJS.ProcessEnv = process.env): Register {
  const asked = optional(values, 'lang') ?? (environment.MADOGUCHI_LANG || undefined);
  if (asked !== undefined) {
    const language = Object.hasOwn(languages, asked) ? languages[asked] : undefined;
    if (language !== undefined) return language;
    throw new CommandError('usage', `--lang is ${asked}: use one of ${Object.keys(languages).join(', ')}.`);
  }
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return /^en\b|^en_/.test(locale) ? 'en' : 'ja';
}

/** A sentence for the terminal: no furigana there. */
export function say(text: Words, register: Register): string {
  return words(text, register);
}
