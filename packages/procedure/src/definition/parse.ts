import type { z } from 'zod';
import { canonicalBytes, sha256Hex } from '../canonical.js';
import { type Json, lineAt, readJson } from '../json.js';
import { definitionSchema, type ProcedureDefinition } from './definition.js';
import { checkReferences } from './references.js';

interface DefinitionFault {
  /** JSON Pointer (RFC 6901) of the faulty value; empty for the whole document. */
  path: string;
  /** 1-based; absent when the definition did not come as text. */
  line?: number;
  message: string;
}

/** A definition with its digest (SHA-256 of its canonical bytes, hexadecimal), or all faults in it. */
export type ParsedDefinition =
  | { ok: true; definition: ProcedureDefinition; digest: string; bytes: Uint8Array }
  | { ok: false; faults: DefinitionFault[] };

/** A definition is read before its signer is known: it may cost little. In characters. */
const maxLength = 512 * 1024;
const maxFaults = 100;

/**
 * Reads a procedure definition from JSON text (or an already parsed value) and checks it whole: shape, references between
 * fields, defaults. Every fault is reported with its path and, for text, its line.
 *
 * `digest` is SHA-256 (hex) over `bytes`, the canonical form (RFC 8785): it names the definition in requests and applications.
 */
export function parseDefinition(json: unknown): ParsedDefinition {
  const source = typeof json === 'string' ? json : undefined;
  let value = json;
  let positions = new Map<string, number>();
  if (source !== undefined) {
    if (source.length > maxLength)
      return { ok: false, faults: [{ path: '', message: `longer than ${maxLength} characters` }] };
    const read = readJson(source, true);
    if (!read.ok)
      return {
        ok: false,
        faults: [{ path: '', line: lineAt(source, read.offset), message: `not strict JSON (${read.rule})` }],
      };
    value = read.value.value;
    positions = read.value.positions;
  }
  const faults: DefinitionFault[] = [];
  const report = (path: (string | number)[], message: string) => {
    if (faults.length < maxFaults) faults.push(locate(path, message, source, positions));
  };

  const checked = definitionSchema.safeParse(value, { error: missing });
  if (!checked.success) {
    for (const issue of checked.error.issues.slice(0, maxFaults)) {
      const path = issue.path.filter((step) => typeof step !== 'symbol');
      if (issue.code === 'unrecognized_keys')
        for (const key of issue.keys.slice(0, maxFaults)) report([...path, key], 'unknown member');
      else report(path, issue.message);
    }
    return { ok: false, faults };
  }
  const definition: ProcedureDefinition = checked.data;
  checkReferences(definition, report);
  if (faults.length > 0) return { ok: false, faults };
  let bytes: Uint8Array;
  try {
    bytes = canonicalBytes(definition as unknown as Json);
  } catch {
    return { ok: false, faults: [{ path: '', message: 'a text holds a lone surrogate' }] };
  }
  return { ok: true, definition, digest: sha256Hex(bytes), bytes };
}

/** The library would speak of undefined, which JSON does not have. */
const missing: z.core.$ZodErrorMap = (issue) =>
  issue.code === 'invalid_type' && issue.input === undefined
    ? `is missing: expected ${issue.expected}`
    : undefined;

function locate(
  path: (string | number)[],
  message: string,
  source: string | undefined,
  positions: Map<string, number>,
): DefinitionFault {
  const pointers = [''];
  for (const step of path)
    pointers.push(`${pointers.at(-1)}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`);
  const pointer = pointers.at(-1) ?? '';
  if (source === undefined) return { path: pointer, message };
  // A missing member has no place of its own: its parent's line is named.
  const known = pointers.findLast((candidate) => positions.has(candidate)) ?? '';
  return { path: pointer, line: lineAt(source, positions.get(known) ?? 0), message };
}
