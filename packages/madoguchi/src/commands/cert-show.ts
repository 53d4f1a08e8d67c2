import { readFileSync } from 'node:fs';
import { type Command, CommandError } from '../cli/command.js';
import { certificateDocument, certificateLines, fromPemOrDer } from './certificate-text.js';

/** A file's bytes, `-` for stdin. */
export function readInput(file: string | undefined): Uint8Array {
  if (file === undefined)
    throw new CommandError('usage', 'Which file? Give its name, or - for standard input.');
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new CommandError(
      'unavailable',
      `${file} cannot be read: ${error instanceof Error ? error.message : ''}`,
    );
  }
}

export const certShow: Command = {
  name: 'cert show',
  usage: 'FILE [--json]',
  summary: 'Every field of a certificate; 基本4情報 and substitution flags decoded.',
  options: { json: { type: 'boolean' } },
  run: async ({ values, words, print, printJson }) => {
    const der = fromPemOrDer(readInput(words[0]));
    if (values.json === true) printJson(certificateDocument(der));
    else for (const line of certificateLines(der)) print(line);
    return 'good';
  },
};
