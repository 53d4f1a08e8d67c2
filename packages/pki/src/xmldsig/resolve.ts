import { createHash } from 'node:crypto';
import { fail } from '../der/fault.js';
import type { DigestAlgorithm } from '../key/algorithm.js';
import { type Canonicalization, canonicalize } from '../xml/canonicalize.js';
import { parseXml } from '../xml/read.js';
import { descendants, type XmlDocument, type XmlElement, xmlNamespace } from '../xml/tree.js';
import { dsigNamespace } from './algorithms.js';
import { type Place, placeOf } from './place.js';
import type { ReferenceElement, SignatureElement } from './read-signature.js';

/** What one reference is about, and the octets that are hashed for it. */
export type Resolved =
  | { readonly kind: 'document'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'element';
      readonly place: Place;
      readonly element: XmlElement;
      readonly id: string;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Uint8Array }
  /** A file that is not here. */
  | { readonly kind: 'absent'; readonly name: string };

/** Without a transform that says how, XML is hashed in this form (XML Signature 4.4.3.2). */
const usual: Canonicalization = { method: 'c14n-1.0', comments: false };

/** A document with its identifiers, for all references of all its signatures. */
export class Resolver {
  readonly #document: XmlDocument;
  readonly #files: ReadonlyMap<string, Uint8Array>;
  readonly #byId: ReadonlyMap<string, ReadonlySet<XmlElement>>;
  /** Octets that may still be read and made: references over one another would otherwise cost the square of the document. */
  #left: number;
  readonly #digests = new Map<string, Uint8Array>();

  constructor(document: XmlDocument, files: ReadonlyMap<string, Uint8Array>) {
    this.#document = document;
    this.#files = files;
    this.#byId = identifiers(document.root);
    this.#left = (16 << 20) + 16 * document.text.length;
  }

  /** Throws DerFault with a rule `xmldsig.…` where a reference is none that may be followed. */
  resolve(reference: ReferenceElement, signature: SignatureElement): Resolved {
    const { uri } = reference;
    const at = signature.element.start;
    if (reference.type === `${dsigNamespace}Manifest`) return fail('xmldsig.reference.manifest', at);
    if (uri === '') {
      if (!isEnveloped(reference)) return fail('xmldsig.transform.place', at);
      const bytes = this.#canonical(this.#document, reference, signature.element);
      return { kind: 'document', bytes };
    }
    if (!uri.startsWith('#')) return this.#file(reference, at);
    const id = uri.slice(1);
    const element = this.#target(id, at);
    const place = placeOf(element, signature);
    if (place === undefined) return fail('xmldsig.reference.position', element.start);
    if (isEnveloped(reference) !== (place === 'around')) return fail('xmldsig.transform.place', at);
    const omit = place === 'around' ? signature.element : undefined;
    const bytes = this.#canonical(element, reference, omit);
    return { kind: 'element', place, element, id: decodePercent(id) ?? id, bytes };
  }

  /** The digest of what was resolved; a file that many references name is hashed once. */
  digest(resolved: Exclude<Resolved, { kind: 'absent' }>, algorithm: DigestAlgorithm): Uint8Array {
    const key = resolved.kind === 'file' ? `${algorithm} ${resolved.name}` : undefined;
    const known = key === undefined ? undefined : this.#digests.get(key);
    const isWhole = resolved.kind !== 'file' || resolved.bytes === this.#files.get(resolved.name);
    if (known !== undefined && isWhole) return known;
    const value = createHash(algorithm).update(resolved.bytes).digest();
    if (key !== undefined && isWhole) this.#digests.set(key, value);
    return value;
  }

  /** SignedInfo and SignatureValue in their canonical form. */
  canonical(element: XmlElement, how: Canonicalization): Buffer {
    return this.#made(element, how);
  }

  #canonical(
    target: XmlDocument | XmlElement,
    { transforms }: ReferenceElement,
    omit: XmlElement | undefined,
  ): Uint8Array {
    const how = transforms.find((each) => each.kind === 'canonical')?.how ?? usual;
    // A reference inside the document is to its elements without their comments, whatever the method (4.4.3.3).
    return this.#made(target, { ...how, comments: false }, omit);
  }

  /** Costs what is read or what comes out, whichever is more: comments are read and left out. */
  #made(target: XmlDocument | XmlElement, how: Canonicalization, omit?: XmlElement): Buffer {
    this.#spend(0);
    const bytes = canonicalize(target, how, omit);
    const read = target.kind === 'element' ? target.end - target.start : target.text.length;
    this.#spend(Math.max(read, bytes.length));
    return bytes;
  }

  #spend(octets: number): void {
    this.#left -= octets;
    if (this.#left < 0) fail('xmldsig.tooMuch', 0);
  }

  /** The one element with this identifier, raw or percent-encoded (e-Gov writes `#%E6%A7%8B…`). */
  #target(id: string, at: number): XmlElement {
    const decoded = decodePercent(id);
    if (id === '' || decoded === undefined || /[()]/.test(id)) return fail('xmldsig.reference.uri', at);
    const found = [this.#byId.get(id), this.#byId.get(decoded)].filter((set) => set !== undefined);
    const [element] = found[0] ?? [];
    if (element === undefined) return fail('xmldsig.reference.missing', at);
    const isOne = found.every((set) => set.size === 1 && set.has(element));
    return isOne ? element : fail('xmldsig.reference.ambiguous', at);
  }

  #file({ uri, transforms }: ReferenceElement, at: number): Resolved {
    const name = fileNameOf(uri);
    if (name === undefined) return fail('xmldsig.reference.uri', at);
    if (transforms.some(({ kind }) => kind === 'enveloped')) return fail('xmldsig.transform.place', at);
    const bytes = this.#files.get(name);
    if (bytes === undefined) return { kind: 'absent', name };
    const [transform] = transforms;
    if (transform?.kind !== 'canonical') return { kind: 'file', name, bytes };
    // Also what cannot be read was read, and many references may name it.
    this.#spend(bytes.length);
    const xml = parseXml(bytes);
    if (!xml.ok) return fail('xmldsig.file.form', at);
    return { kind: 'file', name, bytes: this.#made(xml.value, transform.how) };
  }
}

const isEnveloped = ({ transforms }: ReferenceElement): boolean =>
  transforms.some(({ kind }) => kind === 'enveloped');

/** Attributes that are identifiers wherever they stand: there is no document type to say so. */
const idNames = new Set(['Id', 'ID', 'id']);

/** The elements by their identifiers. */
export function identifiers(root: XmlElement): Map<string, Set<XmlElement>> {
  const found = new Map<string, Set<XmlElement>>();
  for (const element of descendants(root)) {
    for (const { name, namespace, value } of element.attributes) {
      const isId = namespace === '' ? idNames.has(name) : namespace === xmlNamespace && name === 'id';
      if (!isId) continue;
      const known = found.get(value);
      if (known === undefined) found.set(value, new Set([element]));
      else known.add(element);
    }
  }
  return found;
}

/** Undefined where the percent signs are not those of UTF-8. */
export function decodePercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The file that a relative reference names, beside the document or in a folder under it; undefined where it leads elsewhere. */
export function fileNameOf(uri: string): string | undefined {
  if (/[?#:\\\s]|%2f|%5c|%00|^\//i.test(uri)) return undefined;
  const name = decodePercent(uri);
  return name?.split('/').some((part) => part === '' || part === '.' || part === '..') === false
    ? name
    : undefined;
}
