/**
 * The values a PDF is made of (ISO 32000-2 7.3). A number is a number, `null` and booleans are themselves, an array is an array;
 * everything else says what it is.
 */
export type PdfValue =
  | null
  | boolean
  | number
  | readonly PdfValue[]
  | PdfName
  | PdfString
  | PdfReference
  | PdfDictionary
  | PdfStream;

/** A name without its slash, one character an octet, `#xx` already resolved. */
export interface PdfName {
  readonly kind: 'name';
  readonly name: string;
}

export interface PdfString {
  readonly kind: 'string';
  readonly bytes: Uint8Array;
  /** Written as `<…>`. */
  readonly hex: boolean;
  /** Where it stands in the buffer it was read from, delimiters included: [start, end). */
  readonly start: number;
  readonly end: number;
}

export interface PdfReference {
  readonly kind: 'reference';
  readonly number: number;
  readonly generation: number;
}

export interface PdfDictionary {
  readonly kind: 'dictionary';
  readonly entries: ReadonlyMap<string, PdfValue>;
}

export interface PdfStream {
  readonly kind: 'stream';
  readonly dictionary: PdfDictionary;
  /** As it stands in the file, filters not undone. */
  readonly data: Uint8Array;
}

export const pdfName = (name: string): PdfName => ({ kind: 'name', name });

export const pdfReference = (number: number, generation = 0): PdfReference => ({
  kind: 'reference',
  number,
  generation,
});

export const pdfString = (bytes: Uint8Array, hex = false): PdfString => ({
  kind: 'string',
  bytes,
  hex,
  start: 0,
  end: 0,
});

/** A dictionary of the entries that are not undefined. */
export function pdfDictionary(entries: Readonly<Record<string, PdfValue | undefined>>): PdfDictionary {
  const known = Object.entries(entries).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return { kind: 'dictionary', entries: new Map(known) };
}

/** The dictionary with some entries exchanged or added. */
export function withEntries(
  { entries }: PdfDictionary,
  changed: Readonly<Record<string, PdfValue>>,
): PdfDictionary {
  return { kind: 'dictionary', entries: new Map([...entries, ...Object.entries(changed)]) };
}

/** Values that say what they are: neither null, nor a bare number, boolean or array. */
type Kinded = Extract<PdfValue, { kind: string }>;

function kindOf(value: PdfValue | undefined): Kinded['kind'] | 'other' {
  return typeof value === 'object' && value !== null && 'kind' in value ? value.kind : 'other';
}

export function isDictionary(value: PdfValue | undefined): value is PdfDictionary {
  return kindOf(value) === 'dictionary';
}

export function isReference(value: PdfValue | undefined): value is PdfReference {
  return kindOf(value) === 'reference';
}

export function isStream(value: PdfValue | undefined): value is PdfStream {
  return kindOf(value) === 'stream';
}

export function isString(value: PdfValue | undefined): value is PdfString {
  return kindOf(value) === 'string';
}

export function isArray(value: PdfValue | undefined): value is readonly PdfValue[] {
  return Array.isArray(value);
}

/** The name's text; undefined where it is no name. */
export function nameOf(value: PdfValue | undefined): string | undefined {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'name'
    ? value.name
    : undefined;
}

/** Whether two values are the same as written, references compared as references, streams octet by octet. */
export function valuesEqual(a: PdfValue, b: PdfValue): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isArray(a) || isArray(b)) {
    return (
      isArray(a) &&
      isArray(b) &&
      a.length === b.length &&
      a.every((each, index) => valuesEqual(each, b[index] ?? null))
    );
  }
  switch (a.kind) {
    case 'name':
      return b.kind === 'name' && a.name === b.name;
    case 'string':
      return b.kind === 'string' && Buffer.compare(a.bytes, b.bytes) === 0;
    case 'reference':
      return b.kind === 'reference' && a.number === b.number && a.generation === b.generation;
    case 'dictionary':
      return b.kind === 'dictionary' && changedKeys(a, b).length === 0;
    case 'stream':
      return (
        b.kind === 'stream' &&
        changedKeys(a.dictionary, b.dictionary).length === 0 &&
        Buffer.compare(a.data, b.data) === 0
      );
  }
}

/** The keys whose values differ between two dictionaries, or stand in one only. A null is the same as no entry (7.3.7). */
export function changedKeys(a: PdfDictionary, b: PdfDictionary): string[] {
  const keys = new Set([...a.entries.keys(), ...b.entries.keys()]);
  return [...keys].filter((key) => !valuesEqual(a.entries.get(key) ?? null, b.entries.get(key) ?? null));
}
