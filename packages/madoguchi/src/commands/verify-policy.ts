import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { citizenSignaturePolicy, parsePolicy, type ShapeFault, type ValidationPolicy } from '@madoguchi/pki';
import { CommandError, optional, type Values } from '../cli/command.js';

/** The policies that ship with pki, by the name of their file. */
const shipped = ['citizen-signature', 'citizen-2008', 'agency', 'registry-pdf', 'tsa'];

/** Whom to trust was said on the command line: a demo authority named there counts, unless the policy says otherwise. */
const unnamed: ValidationPolicy = { ...citizenSignaturePolicy, demo: true };

/** `--policy`: the name of one that ships, or a file. */
export function policyOf(values: Values, otherwise: ValidationPolicy = unnamed): ValidationPolicy {
  const named = optional(values, 'policy');
  if (named === undefined) return otherwise;
  const file = shipped.includes(named) ? path.join(folder(), `${named}.json`) : named;
  const read = parsePolicy(parseJson(file, named), unnamed);
  if (read.ok) return read.policy;
  throw new CommandError('usage', faultLines(`the policy ${named}`, read.faults));
}

function folder(): string {
  const door = createRequire(import.meta.url).resolve('@madoguchi/pki');
  return path.join(path.dirname(door), '..', 'policies');
}

export function parseJson(file: string, named: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    const names = file === named ? ` Names of policies that ship: ${shipped.join(', ')}.` : '';
    throw new CommandError('unavailable', `${file} cannot be read.${names}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError('usage', `${file} is no JSON: ${error instanceof Error ? error.message : ''}.`);
  }
}

/** One line a fault: where, what is there, what is allowed. */
export function faultLines(what: string, faults: readonly ShapeFault[]): string {
  return faults
    .map(({ place, found, allowed }) => `${what}: ${place || 'the document'} is ${found}: ${allowed}.`)
    .join('\n');
}
