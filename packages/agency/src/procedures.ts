import { readdirSync, readFileSync } from 'node:fs';
import { parseDefinition } from '@madoguchi/procedure';
import type { LoadedProcedure } from './options.js';

/** A definition that cannot be used; the message names file, line and reason of each fault. */
export class ProcedureError extends Error {}

const demoFolder = new URL('../procedures/', import.meta.url);

/**
 * Reads every `*.json` of a folder as a procedure, the demo city's own by default; the quickest come first.
 * Throws {@link ProcedureError} with all faults.
 */
export function loadProcedures(folder: URL = demoFolder): LoadedProcedure[] {
  const loaded: LoadedProcedure[] = [];
  const faults: string[] = [];
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()) {
    const parsed = parseDefinition(readFileSync(new URL(name, folder), 'utf8'));
    if (parsed.ok) loaded.push(parsed);
    else
      for (const { path, line, message } of parsed.faults)
        faults.push(`${name}:${line ?? 1}: ${path === '' ? '' : `${path}: `}${message}`);
  }
  if (faults.length > 0) throw new ProcedureError(faults.join('\n'));
  return loaded.sort((a, b) => a.definition.minutes - b.definition.minutes);
}
