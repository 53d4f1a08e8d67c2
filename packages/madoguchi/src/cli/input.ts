/** Files given to a command, and PEM beside DER. */
import { readFileSync } from 'node:fs';
import { CommandError } from './command.js';

/** A file's bytes, `-` for stdin. */
export function readInput(file: string | undefined): Uint8Array {
  if (file === undefined)
    throw new CommandError('usage', 'Which file? Give its name, or - for standard input.');
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new CommandError('unavailable', whyUnread(file, error));
  }
}

function whyUnread(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return `There is no file ${file}.`;
  if (code === 'EISDIR') return `${file} is a folder: give a file in it.`;
  if (code === 'EACCES') return `You may not read ${file}.`;
  return `${file} cannot be read: ${error instanceof Error ? error.message : ''}`;
}

/** The DER values in a file: all PEM blocks with one of the labels, else the bytes as they are. */
export function derValues(bytes: Uint8Array, labels: readonly string[]): Uint8Array[] {
  const text = Buffer.from(bytes).toString('latin1');
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END \1-----/g)];
  if (blocks.length === 0) return [bytes];
  return blocks
    .filter(([, label = '']) => labels.includes(label))
    .map(([, , base64 = '']) => Buffer.from(base64, 'base64'));
}
