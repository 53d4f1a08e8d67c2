/**
 * Where a PIN comes from: a prompt without echo, a file, or (for tests) an environment variable.
 * Never from an argument: arguments stand in the process list and in the shell's history.
 */
import { readFileSync } from 'node:fs';
import { CommandError, optional, type Values } from './command.js';

export const pinOptions = { 'pin-file': { type: 'string' }, 'pin-env': { type: 'string' } } as const;

/** Reads and at once removes the variable, so that no child inherits it. */
export function pinFromEnvironment(name: string): string {
  const pin = process.env[name];
  delete process.env[name];
  if (pin === undefined || pin === '')
    throw new CommandError('usage', `The environment variable ${name} is empty.`);
  return pin;
}

export async function readPin(values: Values, question: string): Promise<string> {
  const variable = optional(values, 'pin-env');
  if (variable !== undefined) return pinFromEnvironment(variable);
  const file = optional(values, 'pin-file');
  if (file !== undefined) return pinFromFile(file);
  return promptWithoutEcho(question);
}

function pinFromFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new CommandError('usage', `The PIN file ${file} cannot be read.`);
  }
}

async function promptWithoutEcho(question: string): Promise<string> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) {
    throw new CommandError('usage', 'A PIN is needed: use --pin-file, or run this in a terminal.');
  }
  stderr.write(`${question}: `);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.resume();
  try {
    return await new Promise<string>((resolve, reject) => {
      let typed = '';
      const onData = (chunk: string) => {
        for (const key of chunk) {
          if (key === '\r' || key === '\n') {
            stdin.off('data', onData);
            resolve(typed);
            return;
          }
          if (key === '\u0003') {
            stdin.off('data', onData);
            reject(new CommandError('refused', 'Stopped; nothing was sent to the card.'));
            return;
          }
          typed = key === '\u007f' || key === '\b' ? typed.slice(0, -1) : typed + key;
        }
      };
      stdin.on('data', onData);
    });
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}
