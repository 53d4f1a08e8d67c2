import { attempt } from '../der/fault.js';
import { parseXml } from '../xml/read.js';
import { ancestorsOf, descendants, type XmlDocument, type XmlElement } from '../xml/tree.js';
import { readSignatureElement } from './read-signature.js';
import { decodePercent, fileNameOf, identifiers } from './resolve.js';
import type { XmlSignInput, XmlSignOutcome } from './sign.js';
import { findSignatures } from './verify.js';

/** Where a new signature goes, and what in the document it will be over. */
export interface Placed {
  /** The document as it is; empty where the signature is a document of its own. */
  readonly text: string;
  /** The document with this signature in it. */
  around(signature: string): string;
  /** Where the signature begins. */
  readonly at: number;
  /** How many signatures stand before it. */
  readonly before: number;
  /** One more than there are: keeps the identifiers apart. */
  readonly number: number;
  /** Absent where only files are signed. */
  readonly target?: {
    readonly of: XmlDocument | XmlElement;
    readonly uri: string;
    /** The signature will stand in what it signs. */
    readonly isAround: boolean;
  };
}

type Refused = Extract<XmlSignOutcome, { ok: false }>;

const refuse = (rule: string): Refused => ({ ok: false, rule: `xmldsig.sign.${rule}` });

/**
 * Finds the place for a signature. `xmldsig.sign.…`: element (no element, or several, with that identifier), into (no such element, or
 * several, or one that would put the signature out of place), file (a name that cannot be written), breaks (a signature
 * that is there already is over this place and would be broken).
 */
export function placeSignature(
  input: Pick<XmlSignInput, 'document' | 'element' | 'into' | 'files'>,
): { ok: true; value: Placed } | Refused {
  const { files = [] } = input;
  const names = files.map(({ name }) => name);
  const isGood = names.every(
    (name) => fileNameOf(name.split('/').map(encodeURIComponent).join('/')) === name,
  );
  if (!isGood || new Set(names).size < names.length) return refuse('file');
  if (input.document === undefined) return { ok: true, value: onItsOwn() };
  const parsed = parseXml(input.document);
  if (!parsed.ok) {
    const { rule, line, column } = parsed;
    return { ok: false, rule, line, column };
  }
  const document = parsed.value;
  const { root } = document;
  const element = input.element === undefined ? root : onlyWithId(document, input.element);
  if (element === undefined) return refuse('element');
  const into = input.into === undefined ? undefined : onlyNamed(root, input.into);
  if (input.into !== undefined && into === undefined) return refuse('into');
  const parent = into ?? (element.parent === undefined ? root : element.parent);
  const isAround = parent === element || ancestorsOf(parent).includes(element);
  const isBeside =
    element.parent !== undefined &&
    (parent === element.parent || ancestorsOf(parent).includes(element.parent));
  if (!isAround && !isBeside) return refuse('into');
  if (isBroken(document, parent)) return refuse('breaks');
  const place = into === undefined && !isAround ? behind(document, element) : atEnd(document, parent);
  const uri = input.element === undefined ? '' : `#${encodeURIComponent(input.element)}`;
  const signatures = findSignatures(document);
  return {
    ok: true,
    value: {
      text: document.text,
      ...place,
      before: signatures.filter(({ start }) => start < place.at).length,
      number: signatures.length + 1,
      target: { of: input.element === undefined ? document : element, uri, isAround },
    },
  };
}

/** What would keep `signXml` from signing this, to be told before a PIN is asked for. */
export function xmlSignFault(
  input: Pick<XmlSignInput, 'document' | 'element' | 'into' | 'files'>,
): Refused | undefined {
  const placed = placeSignature(input);
  return placed.ok ? undefined : placed;
}

function onItsOwn(): Placed {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  return { text: '', around: (signature) => `${head}${signature}\n`, at: head.length, before: 0, number: 1 };
}

function behind({ text }: XmlDocument, { end }: XmlElement): Pick<Placed, 'around' | 'at'> {
  return { at: end, around: (signature) => text.slice(0, end) + signature + text.slice(end) };
}

/** Before the end tag; an empty-element tag is opened first. */
function atEnd({ text }: XmlDocument, element: XmlElement): Pick<Placed, 'around' | 'at'> {
  const { contentEnd, end } = element;
  if (text.startsWith('</', contentEnd)) {
    return {
      at: contentEnd,
      around: (signature) => text.slice(0, contentEnd) + signature + text.slice(contentEnd),
    };
  }
  const tag = element.prefix === '' ? element.name : `${element.prefix}:${element.name}`;
  const open = `${text.slice(0, contentEnd)}>`;
  return { at: open.length, around: (signature) => `${open}${signature}</${tag}>${text.slice(end)}` };
}

function onlyWithId({ root }: XmlDocument, id: string): XmlElement | undefined {
  const [element, ...others] = identifiers(root).get(id) ?? [];
  return others.length > 0 ? undefined : element;
}

function onlyNamed(root: XmlElement, name: string): XmlElement | undefined {
  const [element, ...others] = [...descendants(root)].filter((each) => each.name === name);
  return others.length > 0 ? undefined : element;
}

/** Whether a signature that is there already is over everything in `parent`: one more character there and it is broken. */
function isBroken(document: XmlDocument, parent: XmlElement): boolean {
  const above = new Set([parent, ...ancestorsOf(parent)]);
  const byId = identifiers(document.root);
  return findSignatures(document).some((element) => {
    const read = attempt(() => readSignatureElement(element));
    if (!read.ok) return false;
    return read.value.references.some(({ uri }) => {
      if (uri === '') return true;
      if (!uri.startsWith('#')) return false;
      const id = uri.slice(1);
      const targets = [...(byId.get(id) ?? []), ...(byId.get(decodePercent(id) ?? id) ?? [])];
      return targets.some((target) => above.has(target));
    });
  });
}
