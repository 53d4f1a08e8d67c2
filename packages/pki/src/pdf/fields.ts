import { fail } from '../der/fault.js';
import type { PdfView } from './file.js';
import { textOf } from './text.js';
import {
  isArray,
  isReference,
  isString,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
} from './value.js';

/** A field of the document's form (ISO 32000-2 12.7.4), where it has a value or kids of its own. */
export interface PdfField {
  readonly reference: PdfReference;
  readonly dictionary: PdfDictionary;
  /** Partial names joined by full stops. */
  readonly name: string;
  /** `Sig`, `Tx`, `Btn`, `Ch`, its own or inherited. */
  readonly type: string | undefined;
  /** A field of the first level, listed in /Fields. */
  readonly top: boolean;
}

const limits = { fields: 20_000, depth: 32, name: 4096 };

export function formOf(view: PdfView): PdfDictionary | undefined {
  return view.dictionary(view.root.entries.get('AcroForm'));
}

/**
 * All fields, parents before kids, in the order of the form. A field that stands twice, or is no indirect object, breaks the rule
 * `pdf.form` (DerFault): programs differ in which of two they show.
 */
export function fieldsOf(view: PdfView): PdfField[] {
  const form = formOf(view);
  const list = form === undefined ? undefined : view.resolve(form.entries.get('Fields'));
  if (!isArray(list)) return [];
  const found: PdfField[] = [];
  const seen = new Set<number>();
  const walk = (kids: readonly PdfValue[], prefix: string, inherited: string | undefined, depth: number) => {
    for (const kid of kids) {
      if (
        !isReference(kid) ||
        seen.has(kid.number) ||
        found.length >= limits.fields ||
        depth > limits.depth
      ) {
        fail('pdf.form', 0);
      }
      seen.add(kid.number);
      const dictionary = view.dictionary(kid);
      if (dictionary === undefined) continue;
      const partial = view.resolve(dictionary.entries.get('T'));
      const own = isString(partial) ? textOf(partial) : undefined;
      const name = own === undefined ? prefix : prefix === '' ? own : `${prefix}.${own}`;
      if (name.length > limits.name) fail('pdf.form', 0);
      const type = nameOf(view.resolve(dictionary.entries.get('FT'))) ?? inherited;
      found.push({ reference: kid, dictionary, name, type, top: depth === 0 });
      const below = view.resolve(dictionary.entries.get('Kids'));
      if (isArray(below)) walk(below, name, type, depth + 1);
    }
  };
  walk(list, '', undefined, 0);
  return found;
}
