import { readdirSync, readFileSync } from 'node:fs';
import { extendDefinition, isExtension, type Json, parseDefinition } from '@madoguchi/procedure';
import { demoProcedures } from './demo-procedures.js';
import type { LoadedProcedure } from './options.js';

/** A definition that cannot be used; the message names file, line and reason of each fault. */
export class ProcedureError extends Error {}

/** Definitions that an agency's own may extend: those of the demo. */
const commonProcedures: readonly URL[] = [
  demoProcedures('municipal'),
  demoProcedures('prefectural'),
  demoProcedures('national'),
];

/**
 * Reads every `*.json` of a folder as a procedure, the demo city's own by default; the quickest come first. A file that extends a common
 * definition (`{"extends": id, "changes": …}`) finds it as `id.json` in one of the `common` folders.
 * Throws {@link ProcedureError} with all faults.
 */
export function loadProcedures(
  folder: URL = demoProcedures('municipal'),
  common: readonly URL[] = commonProcedures,
): LoadedProcedure[] {
  const loaded: LoadedProcedure[] = [];
  const faults: string[] = [];
  for (const name of jsonFiles(folder)) {
    const parsed = readProcedure(readFileSync(new URL(name, folder), 'utf8'), common);
    if (parsed.ok) loaded.push(parsed);
    else
      for (const { path, line, message } of parsed.faults)
        faults.push(`${name}:${line ?? 1}: ${path === '' ? '' : `${path}: `}${message}`);
  }
  if (faults.length > 0) throw new ProcedureError(faults.join('\n'));
  return loaded.sort((a, b) => a.definition.minutes - b.definition.minutes);
}

/** One definition. An extension is put over its common definition first: its faults are those of the whole, without lines. */
export function readProcedure(
  text: string,
  common: readonly URL[] = commonProcedures,
): ReturnType<typeof parseDefinition> {
  const whole = extended(text, common);
  if ('fault' in whole) return { ok: false, faults: [whole.fault] };
  return parseDefinition('value' in whole ? whole.value : text);
}

function jsonFiles(folder: URL): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort();
}

/** A definition of its own comes back as it is (its lines count in faults); an extension as the whole it makes. */
function extended(
  text: string,
  common: readonly URL[],
): { own: true } | { value: Json } | { fault: { path: string; message: string } } {
  const value = parsedJson(text);
  if (value === undefined || !isExtension(value)) return { own: true };
  for (const folder of common) {
    if (!jsonFiles(folder).includes(`${value.extends}.json`)) continue;
    const base = parsedJson(readFileSync(new URL(`${value.extends}.json`, folder), 'utf8'));
    if (base === undefined || typeof base !== 'object' || base === null || Array.isArray(base)) break;
    // An agency's own changes are no common definition: the city's road permission has the name of the one it extends.
    if (isExtension(base)) continue;
    const merged = extendDefinition(base, value.changes);
    return merged.ok
      ? { value: merged.value }
      : { fault: { path: `/changes${merged.path}`, message: merged.message } };
  }
  return { fault: { path: '/extends', message: `there is no common definition ${value.extends}` } };
}

function parsedJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // parseDefinition says what is wrong, with the line.
    return undefined;
  }
}
