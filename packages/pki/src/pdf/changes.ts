import { attempt, fail } from '../der/fault.js';
import { lockOf, type Permission, permissionOf } from './certification.js';
import { type Described, other, type PdfChange } from './change.js';
import {
  annotationChanges,
  catalogChanges,
  fieldChanges,
  fieldListChanges,
  formChanges,
  informationChanges,
  isStoreKey,
  metadataChange,
  pageChanges,
  type Step,
  storePartChange,
} from './change-rules.js';
import { fieldsOf, formOf, type PdfField } from './fields.js';
import type { PdfFile, PdfView } from './file.js';
import { isWhite } from './parse.js';
import { References } from './references.js';
import type { PdfSignature } from './signatures.js';
import {
  isArray,
  isDictionary,
  isReference,
  nameOf,
  type PdfValue,
  pdfReference,
  valuesEqual,
} from './value.js';
import { numbersIn } from './xref.js';

/** Objects that one update may write anew; more is another document. */
const maximumObjects = 20_000;
/** In all updates together. */
const maximumInAll = 100_000;
/** Findings that are kept of one update. */
const maximumFindings = 50;

/**
 * What every update since the oldest signature does, the oldest first, by the index of its cross-reference section. An object that is
 * written anew must be explained by a rule, at the place it has in the document and at no other; whatever is not explained is `other`.
 * Never throws on hostile input.
 */
export function changesSince(
  file: PdfFile,
  signatures: readonly PdfSignature[],
): ReadonlyMap<number, PdfChange[]> {
  const revisions = new Map(
    signatures.flatMap(({ revision }) =>
      revision === undefined ? [] : [[file.sections.length - revision.sections.length, revision] as const],
    ),
  );
  const oldest = Math.max(-1, ...revisions.keys());
  const found = new Map<number, PdfChange[]>();
  if (!revisions.has(oldest)) return found;
  // What stands behind the newest state is part of none, and programs that mend files would find it.
  const newest = revisions.get(0);
  const isWhole = newest === undefined ? file.closed : isBlank(file.bytes.subarray(newest.bytes.length));
  if (!isWhole) found.set(-1, [changeOf(other('trailing'), 0, false)]);
  let from = oldest;
  while (from > 0) {
    const stopped = explainFrom(file, revisions, from, found);
    // The next signature covers what could not be read: what comes after it is looked at from there.
    from =
      stopped === undefined ? 0 : Math.max(0, ...[...revisions.keys()].filter((each) => each <= stopped));
  }
  return found;
}

/**
 * Explains the updates after the signed state at section `from`, into `found`. Stops at one that cannot be read and gives its index: it may
 * refer to anything that comes later, so that nothing behind it could be explained.
 */
function explainFrom(
  file: PdfFile,
  revisions: ReadonlyMap<number, PdfFile>,
  from: number,
  found: Map<number, PdfChange[]>,
): number | undefined {
  const references = attempt(() => referencesIn(file, revisions.get(from) ?? file, from));
  for (let index = from - 1; index >= 0; index--) {
    const step = references.ok
      ? attempt(() => explainStep(file, revisions, index, references.value))
      : references;
    found.set(index, step.ok ? step.value : [changeOf(other(`unreadable ${step.rule}`), 0, false)]);
    if (!step.ok) return index;
  }
  return undefined;
}

function explainStep(
  file: PdfFile,
  revisions: ReadonlyMap<number, PdfFile>,
  index: number,
  references: References,
): PdfChange[] {
  // A signed state counts as it was signed: nothing of it may lie behind its end.
  const older = revisions.get(index + 1)?.view() ?? file.view(index + 1);
  const newer = file.view(index);
  const numbers = numbersOf(file, index);
  const changes = changesOf({ older, newer, fonts: references.fonts }, references, numbers);
  references.add(revisions.get(index)?.view() ?? newer, numbers);
  return changes;
}

/** White space behind the end means nothing to any program; that the file is not covered by it is said elsewhere. */
const isBlank = (octets: Uint8Array): boolean => octets.every((octet) => isWhite(octet));

function numbersOf(file: PdfFile, index: number): number[] {
  const section = file.sections[index];
  const numbers: number[] = [];
  for (const number of section === undefined ? [] : numbersIn(section)) {
    numbers.push(number);
    if (numbers.length > maximumObjects) fail('pdf.changes.size', 0);
  }
  return numbers;
}

/** Who refers, in the signed state, to what the updates after it write. Throws DerFault. */
function referencesIn(file: PdfFile, start: PdfFile, from: number): References {
  const wanted = new Set<number>();
  let count = 0;
  for (let index = 0; index < from; index++) {
    const numbers = numbersOf(file, index);
    count += numbers.length;
    if (count > maximumInAll) fail('pdf.changes.size', 0);
    for (const number of numbers) wanted.add(number);
  }
  // Who refers to the catalog, too: what is only in the catalog is nowhere else.
  wanted.add(start.view().rootReference.number);
  const references = new References(wanted);
  for (const section of start.sections) references.add(start.view(), numbersIn(section, true));
  return references;
}

function changesOf(step: Step, references: References, numbers: readonly number[]): PdfChange[] {
  const { older, newer } = step;
  const roles = rolesOf(older);
  const permission = permissionOf(older);
  const isLocked = locksOf(older, roles.fields);
  const found: PdfChange[] = [];
  const note = (described: readonly Described[], object: number) => {
    for (const each of described) {
      const isOpen = each.field === undefined || !isLocked(each.field);
      found.push(changeOf(each, object, isOpen && isPermitted(each, permission)));
    }
  };
  note(trailerChanges(step), 0);
  for (const number of numbers) {
    if (found.length > maximumFindings) break;
    const [before, after] = [objectOf(older, number), objectOf(newer, number)];
    // With another generation the references there are lead nowhere.
    const isMoved = before !== null && generationOf(older, number) !== generationOf(newer, number);
    if (isMoved) note([other('object.generation')], number);
    if (isMoved || valuesEqual(before, after)) continue;
    if (before === null) {
      // Something in the document already pointed at what did not exist: a place kept free for later.
      if (references.has(number)) note([other('dangling')], number);
      continue;
    }
    note(explain(step, roles, references, number, before, after), number);
  }
  return found;
}

function generationOf(view: PdfView, number: number): number {
  const entry = view.entry(number);
  return entry.kind === 'at' ? entry.generation : 0;
}

function objectOf(view: PdfView, number: number): PdfValue {
  return view.get(pdfReference(number, generationOf(view, number)));
}

function changeOf({ kind, rule, visible }: Described, object: number, permitted: boolean): PdfChange {
  return { kind, permitted, rule, object, ...(visible === true ? { visible } : {}) };
}

function isPermitted({ kind }: Described, permission: Permission | undefined): boolean {
  switch (kind) {
    case 'documentTimeStamp':
    case 'validationValues':
    case 'information':
    case 'metadata':
      return true;
    case 'signature':
      return permission !== 1;
    case 'formFill':
      return permission === 2 || permission === 3;
    case 'annotation':
      return permission === 3;
    case 'other':
      return false;
  }
}

function trailerChanges({ older, newer }: Step): Described[] {
  const [was, is] = [older.trailer.entries, newer.trailer.entries];
  if (!valuesEqual(was.get('Root') ?? null, is.get('Root') ?? null)) return [other('root')];
  if (valuesEqual(was.get('Info') ?? null, is.get('Info') ?? null)) return [];
  return informationChanges(older.resolve(was.get('Info')), newer.resolve(is.get('Info')));
}

type Role = 'catalog' | 'form' | 'fieldList' | 'field' | 'store' | 'information' | 'metadata';

interface Roles {
  readonly byNumber: ReadonlyMap<number, Role | 'several'>;
  readonly fields: readonly PdfField[];
}

/** Which objects have a place in the document at which a change can be allowed. */
function rolesOf(view: PdfView): Roles {
  const byNumber = new Map<number, Role | 'several'>();
  const give = (value: PdfValue | undefined, role: Role) => {
    if (!isReference(value)) return;
    const known = byNumber.get(value.number);
    byNumber.set(value.number, known === undefined || known === role ? role : 'several');
  };
  const { root } = view;
  give(view.rootReference, 'catalog');
  give(view.trailer.entries.get('Info'), 'information');
  give(root.entries.get('AcroForm'), 'form');
  give(root.entries.get('Metadata'), 'metadata');
  give(formOf(view)?.entries.get('Fields'), 'fieldList');
  const fields = fieldsOf(view);
  for (const { reference } of fields) give(reference, 'field');
  giveStore(view, give);
  return { byNumber, fields };
}

function giveStore(view: PdfView, give: (value: PdfValue | undefined, role: Role) => void): void {
  const place = view.root.entries.get('DSS');
  give(place, 'store');
  const store = view.dictionary(place);
  for (const value of store?.entries.values() ?? []) give(value, 'store');
  const entries = view.dictionary(store?.entries.get('VRI'));
  for (const value of entries?.entries.values() ?? []) give(value, 'store');
}

/** From where a field may be pointed at: its form, its pages, the structure of the document, other fields and annotations. */
const fieldKeys = ['Fields', 'Kids', 'Annots', 'Obj', 'Parent', 'Popup', 'IRT', '[]'];

const under =
  (...keys: string[]) =>
  (key: string): boolean =>
    keys.includes(key);

/** The rule for an object at its place; an object that stands elsewhere too is changed there as well. */
function explain(
  step: Step,
  { byNumber, fields }: Roles,
  references: References,
  number: number,
  before: PdfValue,
  after: PdfValue,
): Described[] {
  const both = isDictionary(before) && isDictionary(after) ? { before, after } : undefined;
  switch (byNumber.get(number)) {
    case 'catalog':
      // A signature may name it as the /Data it is about; a page must not take it for a list of what it draws.
      if (both === undefined || !references.only(number, under('Data'))) return [other('catalog')];
      return catalogChanges(step, both.before, both.after);
    case 'form':
      if (both === undefined || !references.only(number, under('AcroForm'))) return [other('form')];
      return formChanges(step, both.before, both.after);
    case 'fieldList':
      return references.only(number, under('Fields'))
        ? fieldListChanges(step, before, after)
        : [other('form.fields')];
    case 'field': {
      const field = fields.find(({ reference }) => reference.number === number);
      if (field === undefined || !references.only(number, under(...fieldKeys))) return [other('field')];
      return fieldChanges(step, field, after);
    }
    case 'store':
      return references.only(number, isStoreKey) ? [storePartChange(before, after)] : [other('store')];
    case 'information':
      return references.has(number) ? [other('information')] : informationChanges(before, after);
    case 'metadata':
      return isOfCatalog(step, references, number) ? [metadataChange(after)] : [other('metadata')];
    case 'several':
      return [other('object')];
    case undefined:
      break;
  }
  if (both !== undefined && nameOf(both.before.entries.get('Type')) === 'Page') {
    return pageChanges(step, both.before, both.after);
  }
  if (isArray(before) && references.has(number) && references.only(number, under('Annots'))) {
    return annotationChanges(step, before, after);
  }
  return [other(after === null ? 'object.removed' : 'object')];
}

/** The XMP stands in the catalog and nowhere else: a stream that a page can name would be drawn. */
function isOfCatalog({ older }: Step, references: References, number: number): boolean {
  const root = older.rootReference.number;
  return (
    references.only(root, under('Data')) &&
    references.only(number, (key, { from, depth }) => key === 'Metadata' && from === root && depth === 1)
  );
}

function locksOf(view: PdfView, fields: readonly PdfField[]): (name: string) => boolean {
  const locks = fields.flatMap(({ type, dictionary }) => {
    const signature = type === 'Sig' ? view.dictionary(dictionary.entries.get('V')) : undefined;
    return signature === undefined ? [] : [lockOf(view, signature)];
  });
  return (name) => locks.some((isLocked) => isLocked(name));
}
