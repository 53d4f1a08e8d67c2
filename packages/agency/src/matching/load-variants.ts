import { readFileSync } from 'node:fs';
import { parseVariantFile, type VariantRow } from './variant-file.js';
import { type Variants, variantsOf } from './variants.js';

let shipped: Variants | undefined;

/** The table that is shipped: `variants/hand.tsv` and `variants/unihan.tsv`, read once. */
export function shippedVariants(): Variants {
  if (shipped === undefined) {
    const folder = new URL('../../variants/', import.meta.url);
    shipped = variantsOf(['hand.tsv', 'unihan.tsv'].flatMap((name) => rowsOf(new URL(name, folder))));
  }
  return shipped;
}

/** A table of the agency's own that cannot be used: every bad line with its reason, one a line. */
export class VariantTableError extends Error {}

/** The shipped table with the agency's own files (tab-separated, source `agency`) after it. Throws VariantTableError. */
export function loadVariants(files: readonly string[]): Variants {
  return files.length === 0
    ? shippedVariants()
    : variantsOf([...shippedVariants().rows, ...files.flatMap(rowsOf)]);
}

function rowsOf(file: string | URL): readonly VariantRow[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new VariantTableError(`${String(file)}: cannot be read${why}.`, { cause });
  }
  const read = parseVariantFile(text);
  if (read.ok) return read.rows;
  throw new VariantTableError(
    read.faults.map(({ line, message }) => `${String(file)}:${line}: ${message}`).join('\n'),
  );
}
