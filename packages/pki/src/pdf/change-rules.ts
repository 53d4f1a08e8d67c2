import { type Described, other } from './change.js';
import { fieldsOf, type PdfField } from './fields.js';
import type { PdfView } from './file.js';
import { rectangleOf } from './pages.js';
import {
  changedKeys,
  isArray,
  isDictionary,
  isReference,
  isStream,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
  valuesEqual,
} from './value.js';

/** Two neighbouring states of a document. */
export interface Step {
  readonly older: PdfView;
  readonly newer: PdfView;
  /** The names of fonts that default appearances of the older state ask for. */
  readonly fonts: ReadonlySet<string>;
}

const onlyKeys = (keys: readonly string[], allowed: readonly string[]): string | undefined =>
  keys.find((key) => !allowed.includes(key));

/** The catalog may get a form, validation values, extensions; what it shows stays. */
export function catalogChanges(step: Step, before: PdfDictionary, after: PdfDictionary): Described[] {
  const found: Described[] = [];
  for (const key of changedKeys(before, after)) {
    const [was, is] = [before.entries.get(key), after.entries.get(key)];
    if (key === 'AcroForm') {
      found.push(...formChanges(step, step.older.dictionary(was), step.newer.dictionary(is)));
    } else if (key === 'DSS') {
      found.push(storeChange(step.newer.dictionary(is)));
    } else if (key === 'Extensions') {
      if (!declaresMore(step, was, is)) found.push(other('catalog.Extensions'));
    } else if (key === 'Version') {
      if (!raisesVersion(step, was, is)) found.push(other('catalog.Version'));
    } else if (key === 'Metadata') {
      found.push({ kind: 'metadata', rule: 'pdf.change.metadata' });
    } else found.push(other(`catalog.${key}`));
  }
  return found;
}

/** Extensions are declared, none is withdrawn or changed. */
function declaresMore({ older, newer }: Step, was: PdfValue | undefined, is: PdfValue | undefined): boolean {
  const [before, after] = [older.dictionary(was), newer.dictionary(is)];
  if (after === undefined) return false;
  return [...(before?.entries ?? [])].every(([key, value]) =>
    valuesEqual(value, after.entries.get(key) ?? null),
  );
}

/** The version of PDF that the update needs: programs read the file no differently for it. */
function raisesVersion({ older, newer }: Step, was: PdfValue | undefined, is: PdfValue | undefined): boolean {
  const [before = '1.0', after = ''] = [nameOf(older.resolve(was)), nameOf(newer.resolve(is))];
  return /^[12]\.\d$/.test(after) && after >= before;
}

const storeKeys = ['Type', 'VRI', 'Certs', 'CRLs', 'OCSPs'];
const storeWords = ['DSS', ...storeKeys, 'Cert', 'CRL', 'OCSP', 'TU', 'TS'];

/** Whether a store has such a key somewhere: a word of its own (ISO 32000-2 tables 261 and 262), or the digest of a signature. */
export const isStoreKey = (key: string): boolean => storeWords.includes(key) || /^[0-9A-F]{40}$/.test(key);

/** Whatever is in the store stands or falls by its own signatures. */
function storeChange(store: PdfDictionary | undefined): Described {
  const isStore = store !== undefined && onlyKeys([...store.entries.keys()], storeKeys) === undefined;
  return isStore ? { kind: 'validationValues', rule: 'pdf.change.validationValues' } : other('store');
}

/** A list or a dictionary of a store becomes another one. Anything else that a store names too, a font as well, is not to be changed so. */
export function storePartChange(before: PdfValue, after: PdfValue): Described {
  const isList = (value: PdfValue) => isArray(value) && value.every(isReference);
  const isPart = (value: PdfValue) => isDictionary(value) && [...value.entries.keys()].every(isStoreKey);
  const isSame = (isList(before) && isList(after)) || (isPart(before) && isPart(after));
  return isSame ? { kind: 'validationValues', rule: 'pdf.change.validationValues' } : other('store');
}

/** A form may get signature fields with signatures in them, and the flags that tell of them. */
export function formChanges(
  step: Step,
  before: PdfDictionary | undefined,
  after: PdfDictionary | undefined,
): Described[] {
  if (after === undefined) return [other('form.removed')];
  const old = before ?? { kind: 'dictionary', entries: new Map<string, PdfValue>() };
  const keys = changedKeys(old, after);
  // What new appearances need may come beside what is there: fonts, and a default where nothing that is there would be drawn by it.
  const strange = onlyKeys(keys, ['Fields', 'SigFlags', 'DR', ...(old.entries.has('DA') ? [] : ['DA'])]);
  if (strange !== undefined) return [other(`form.${strange}`)];
  if (keys.includes('DA') && fieldsOf(step.older).some(({ type }) => type !== 'Sig'))
    return [other('form.DA')];
  if (keys.includes('DR') && !addsResources(step, old.entries.get('DR'), after.entries.get('DR'))) {
    return [other('form.DR')];
  }
  if (keys.includes('SigFlags') && !raisesFlags(step, before, after)) return [other('form.SigFlags')];
  if (!keys.includes('Fields')) return [];
  return fieldListChanges(
    step,
    step.older.resolve(before?.entries.get('Fields')),
    step.newer.resolve(after.entries.get('Fields')),
  );
}

/** Every resource there was is there, the same; kinds and names may be added, but no font that something which is there asks for. */
function addsResources(step: Step, was: PdfValue | undefined, is: PdfValue | undefined): boolean {
  const { older, newer } = step;
  const [before, after] = [older.dictionary(was), newer.dictionary(is)];
  const fontsOf = (view: PdfView, resources: PdfDictionary | undefined) =>
    view.dictionary(resources?.entries.get('Font'))?.entries;
  const [oldFonts, fonts] = [fontsOf(older, before), fontsOf(newer, after)];
  if ([...(fonts?.keys() ?? [])].some((name) => step.fonts.has(name) && oldFonts?.has(name) !== true))
    return false;
  return [...(before?.entries ?? [])].every(([kind, value]) => {
    const there = after?.entries.get(kind);
    if (there !== undefined && valuesEqual(value, there)) return true;
    const [old, now] = [older.dictionary(value), newer.dictionary(there)];
    return (
      old !== undefined &&
      [...old.entries].every(([name, each]) => valuesEqual(each, now?.entries.get(name) ?? null))
    );
  });
}

function raisesFlags(
  { older, newer }: Step,
  before: PdfDictionary | undefined,
  after: PdfDictionary,
): boolean {
  const was = older.resolve(before?.entries.get('SigFlags')) ?? 0;
  const is = newer.resolve(after.entries.get('SigFlags'));
  return typeof was === 'number' && typeof is === 'number' && (is & 3) === is && (was & is) === was;
}

/** No person adds more at a time. */
const maximumAdded = 1000;

/** What the newer list has more; undefined when it lacks something, stands in another order, or has more than anybody adds. */
function addedTo(before: PdfValue, after: PdfValue): PdfValue[] | undefined {
  const old = isArray(before) ? before : [];
  if (!isArray(after)) return undefined;
  const added: PdfValue[] = [];
  let next = 0;
  for (const each of after) {
    const expected = old[next];
    if (expected !== undefined && valuesEqual(each, expected)) next += 1;
    else added.push(each);
  }
  return next === old.length && added.length <= maximumAdded ? added : undefined;
}

/** The list of the form's fields: only new signature fields may come. */
export function fieldListChanges(step: Step, before: PdfValue, after: PdfValue): Described[] {
  const added = addedTo(before, after);
  if (added === undefined) return [other('form.fields')];
  return added.map(
    (each) => (isReference(each) ? newSignature(step, each) : undefined) ?? other('form.newField'),
  );
}

const widgetKeys = [
  ...[
    'Type',
    'Subtype',
    'FT',
    'T',
    'TU',
    'TM',
    'V',
    'F',
    'Ff',
    'Rect',
    'P',
    'AP',
    'AS',
    'MK',
    'DA',
    'Q',
    'BS',
  ],
  ...['Border', 'H', 'Lock', 'SV', 'M', 'NM', 'C', 'BM', 'CA', 'StructParent', 'DR'],
];

/** A signature field that was not there before, with its signature; it is its own widget, or has one beside it. */
function newSignature(step: Step, reference: PdfReference): Described | undefined {
  const { newer } = step;
  const field = newObject(step, reference);
  if (field === undefined || nameOf(newer.resolve(field.entries.get('FT'))) !== 'Sig') return undefined;
  const kids = newer.resolve(field.entries.get('Kids'));
  const keys = [...field.entries.keys()].filter((key) => key !== 'Kids');
  if (onlyKeys(keys, widgetKeys) !== undefined) return undefined;
  if (!isArray(kids)) return signatureIn(step, field, field);
  // It would be drawn beside its kid, which alone is looked at.
  if (['Subtype', 'Rect', 'AP'].some((key) => field.entries.has(key))) return undefined;
  const [kid, ...others] = kids;
  const widget = isReference(kid) && others.length === 0 ? newObject(step, kid) : undefined;
  if (widget === undefined || onlyKeys([...widget.entries.keys()], [...widgetKeys, 'Parent']) !== undefined)
    return undefined;
  return signatureIn(step, field, widget);
}

function newObject({ older, newer }: Step, reference: PdfReference): PdfDictionary | undefined {
  return older.entry(reference.number).kind === 'free' ? newer.dictionary(reference) : undefined;
}

function signatureIn(
  { older, newer }: Step,
  field: PdfDictionary,
  widget: PdfDictionary,
): Described | undefined {
  const value = field.entries.get('V');
  const signature = newer.dictionary(value);
  if (signature === undefined || !signature.entries.has('ByteRange')) return undefined;
  // A signature that was there before signs no second field.
  if (isReference(value) && older.entry(value.number).kind !== 'free') return undefined;
  const visible = isVisible(newer, widget);
  const isStamp = nameOf(newer.resolve(signature.entries.get('SubFilter'))) === 'ETSI.RFC3161';
  // A time stamp has nothing to show; one that does is held to what holds for signatures.
  return isStamp && !visible
    ? { kind: 'documentTimeStamp', rule: 'pdf.change.documentTimeStamp' }
    : { kind: 'signature', rule: 'pdf.change.signature', ...(visible ? { visible } : {}) };
}

/** A widget with an area shows something: without /AP programs draw border and background from /MK themselves. */
function isVisible(view: PdfView, widget: PdfDictionary): boolean {
  const box = rectangleOf(view, widget.entries.get('Rect'));
  return box === undefined || (box[0] < box[2] && box[1] < box[3]);
}

/** A page may get the widgets of new signatures, and under a certification that allows it annotations. */
export function pageChanges(step: Step, before: PdfDictionary, after: PdfDictionary): Described[] {
  const strange = onlyKeys(changedKeys(before, after), ['Annots']);
  if (strange !== undefined) return [other(`page.${strange}`)];
  return annotationChanges(
    step,
    step.older.resolve(before.entries.get('Annots')),
    step.newer.resolve(after.entries.get('Annots')),
  );
}

/** A list of annotations: the widgets of new signature fields say nothing here that the form's list does not say. */
export function annotationChanges(step: Step, before: PdfValue, after: PdfValue): Described[] {
  const added = addedTo(before, after);
  if (added === undefined) return [other('annotations')];
  return added.flatMap((each): Described[] => {
    const annotation = isReference(each) ? step.newer.dictionary(each) : undefined;
    if (!isReference(each) || annotation === undefined) return [other('annotations.form')];
    if (step.older.entry(each.number).kind !== 'free') {
      // An invisible field of the document that a page now lists, as signing programs do when it is signed.
      return isListedField(step.older, each) && !isVisible(step.newer, annotation)
        ? []
        : [other('annotations.old')];
    }
    if (nameOf(step.newer.resolve(annotation.entries.get('Subtype'))) !== 'Widget') {
      return [{ kind: 'annotation', rule: 'pdf.change.annotation', visible: true }];
    }
    const parent = annotation.entries.get('Parent');
    const field = isReference(parent) ? parent : each;
    const isKnown = newSignature(step, field) !== undefined && isListedField(step.newer, field);
    const isIts = isListedField(step.newer, each);
    return isKnown && isIts ? [] : [other('annotations.widget')];
  });
}

const listed = new WeakMap<PdfView, ReadonlySet<number>>();

function isListedField(view: PdfView, reference: PdfReference): boolean {
  const known = listed.get(view) ?? new Set(fieldsOf(view).map((field) => field.reference.number));
  listed.set(view, known);
  return known.has(reference.number);
}

/** A field of the form: an empty signature field is signed, another is filled in. */
export function fieldChanges(step: Step, field: PdfField, after: PdfValue): Described[] {
  if (!isDictionary(after)) return [other('field.removed')];
  const keys = changedKeys(field.dictionary, after);
  if (field.type === 'Sig') {
    if (field.dictionary.entries.has('V')) return [other('field.signature')];
    const strange = onlyKeys(keys, ['V', 'AP', 'M', 'F']);
    const flags = after.entries.get('F');
    const isHidden = typeof flags === 'number' && (flags & (1 | 2 | 32)) !== 0;
    if (strange !== undefined || isHidden) return [other(`field.${strange ?? 'F'}`)];
    return [signatureIn(step, after, after) ?? other('field.signature')];
  }
  const strange = onlyKeys(keys, ['V', 'AP', 'AS', 'M', 'I', 'RV']);
  if (strange !== undefined || field.type === undefined) return [other(`field.${strange ?? 'FT'}`)];
  return [{ kind: 'formFill', rule: 'pdf.change.formFill', field: field.name, visible: true }];
}

/** The document's information (author, title) may only tell that and by what program the file was changed. */
export function informationChanges(before: PdfValue, after: PdfValue): Described[] {
  if (valuesEqual(before, after)) return [];
  const [was, is] = [before, after].map((each) =>
    isDictionary(each) ? each : ({ kind: 'dictionary', entries: new Map() } as const),
  );
  if (was === undefined || is === undefined || !isDictionary(after)) return [other('information')];
  const strange = onlyKeys(changedKeys(was, is), ['ModDate', 'Producer']);
  return strange === undefined
    ? [{ kind: 'information', rule: 'pdf.change.information' }]
    : [other(`information.${strange}`)];
}

/** The XMP of the whole document, which repeats its information: a stream like the one before. */
export function metadataChange(after: PdfValue): Described {
  return isStream(after) && nameOf(after.dictionary.entries.get('Type')) === 'Metadata'
    ? { kind: 'metadata', rule: 'pdf.change.metadata' }
    : other('metadata');
}
