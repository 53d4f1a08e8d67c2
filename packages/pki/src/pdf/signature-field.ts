import { fail } from '../der/fault.js';
import { fillRectangle, type PdfAppearance, placeAppearance } from './appearance.js';
import { fieldsOf, formOf, type PdfField } from './fields.js';
import type { Increment } from './increment.js';
import { findPage, type PdfPage, rectangleOf } from './pages.js';
import { textString } from './text.js';
import {
  isArray,
  isDictionary,
  isReference,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
  pdfDictionary,
  pdfName,
  withEntries,
} from './value.js';

/** Print (bit 3) and Locked (bit 8): shown on paper too, and not to be moved (ISO 32000-2 table 167). */
const widgetFlags = 4 | 128;

/** SignaturesExist and AppendOnly (table 225). */
const signatureFlags = 1 | 2;

/**
 * Puts the signature into the document: into the empty signature field `name`, or into a new one on the page of its appearance (an
 * invisible one on the first page). Only what must be written anew is: page, form, catalog. Throws DerFault: `pdf.field.…`.
 */
export function attachSignature(
  increment: Increment,
  signature: PdfReference,
  options: { readonly appearance?: PdfAppearance; readonly field?: string } = {},
): void {
  const { view } = increment;
  const fields = fieldsOf(view);
  if (options.field !== undefined) {
    fillField(increment, fields, signature, options.field, options.appearance);
    addToForm(increment, undefined);
    return;
  }
  const page = findPage(view, options.appearance?.page ?? 1);
  const shown =
    options.appearance === undefined
      ? { entries: { Rect: [0, 0, 0, 0] } }
      : placeAppearance(increment, options.appearance, page);
  const field = increment.add(
    pdfDictionary({
      Type: pdfName('Annot'),
      Subtype: pdfName('Widget'),
      FT: pdfName('Sig'),
      T: textString(freeName(fields)),
      V: signature,
      F: widgetFlags,
      P: page.reference,
      ...shown.entries,
    }),
  );
  addToPage(increment, page, field);
  addToForm(increment, field);
}

function freeName(fields: readonly PdfField[]): string {
  const taken = new Set(fields.map(({ name }) => name));
  let number = 1;
  while (taken.has(`Signature${number}`)) number += 1;
  return `Signature${number}`;
}

function fillField(
  increment: Increment,
  fields: readonly PdfField[],
  signature: PdfReference,
  name: string,
  appearance: PdfAppearance | undefined,
): void {
  const { view } = increment;
  const field = fields.find((each) => each.name === name && each.type === 'Sig');
  if (field === undefined) fail('pdf.field.none', 0);
  if (view.resolve(field.dictionary.entries.get('V')) !== null) fail('pdf.field.filled', 0);
  const page = view.dictionary(field.dictionary.entries.get('P'));
  const rotate = view.resolve(page?.entries.get('Rotate'));
  const rectangle = rectangleOf(view, field.dictionary.entries.get('Rect'));
  const isVisible = rectangle !== undefined && rectangle[0] < rectangle[2] && rectangle[1] < rectangle[3];
  if (appearance !== undefined && !isVisible) fail('pdf.field.invisible', 0);
  const shown =
    appearance === undefined
      ? {}
      : fillRectangle(
          increment,
          appearance.pdf,
          typeof rotate === 'number' ? ((rotate % 360) + 360) % 360 : 0,
        );
  increment.set(field.reference, withEntries(field.dictionary, { V: signature, ...shown }));
}

/** Into the page's list of annotations, wherever that list is. */
function addToPage(increment: Increment, { reference, dictionary }: PdfPage, field: PdfReference): void {
  const list = dictionary.entries.get('Annots');
  const there = increment.view.resolve(list);
  const annotations = [...(isArray(there) ? there : []), field];
  if (isReference(list) && isArray(there)) increment.set(list, annotations);
  else increment.set(reference, withEntries(dictionary, { Annots: annotations }));
}

/** Into the form's list, with the flags that say that there are signatures; a document without a form gets one. */
function addToForm(increment: Increment, field: PdfReference | undefined): void {
  const { view } = increment;
  const root = view.root;
  const place = root.entries.get('AcroForm');
  const form = formOf(view) ?? pdfDictionary({});
  const list = form.entries.get('Fields');
  const fields = view.resolve(list);
  const flags = view.resolve(form.entries.get('SigFlags'));
  const changed: Record<string, PdfValue> = {
    SigFlags: (typeof flags === 'number' ? flags : 0) | signatureFlags,
  };
  if (field !== undefined || !isArray(fields)) {
    const all = [...(isArray(fields) ? fields : []), ...(field === undefined ? [] : [field])];
    if (isReference(list) && isArray(fields)) increment.set(list, all);
    else changed.Fields = all;
  }
  const whole = withEntries(form, changed);
  if (isReference(place) && isDictionary(view.resolve(place))) increment.set(place, whole);
  else {
    // An object of its own: some programs cannot add a field to a form inside the catalog.
    setInRoot(increment, { AcroForm: increment.add(whole) });
  }
}

/** Entries of the catalog, on top of what this update has changed there already. */
export function setInRoot(increment: Increment, entries: Readonly<Record<string, PdfValue>>): void {
  const reference = increment.view.rootReference;
  const root = increment.get(reference);
  const known: PdfDictionary = isDictionary(root) ? root : fail('pdf.root', 0);
  increment.set(reference, withEntries(known, entries));
}
