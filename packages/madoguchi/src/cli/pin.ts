/**
 * Where a PIN comes from: a prompt without echo, the reader's own keys, a file, or (for tests) an environment variable.
 * Never from an argument: arguments stand in the process list and in the shell's history.
 */
import { readFileSync } from 'node:fs';
import { CommandError, optional, type Values } from './command.js';

export const pinOptions = {
  'pin-file': { type: 'string' },
  'pin-env': { type: 'string' },
  'last-try': { type: 'boolean' },
} as const;

/** Reads and at once removes the variable, so that no child inherits it. */
export function pinFromEnvironment(name: string): string {
  const pin = process.env[name];
  delete process.env[name];
  if (pin === undefined || pin === '')
    throw new CommandError('usage', `The environment variable ${name} is empty.`);
  return pin;
}

/** The PIN that the command line names a source for; undefined: a person is to be asked. */
export function givenPin(values: Values): string | undefined {
  const variable = optional(values, 'pin-env');
  const file = optional(values, 'pin-file');
  if (variable !== undefined) {
    // Removed also when the file is taken: it was put there for this command.
    const pin = pinFromEnvironment(variable);
    return file === undefined ? pin : pinFromFile(file);
  }
  return file === undefined ? undefined : pinFromFile(file);
}

function pinFromFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new CommandError('usage', `The PIN file ${file} cannot be read.`);
  }
}
