import { ancestorsOf, isNamed, type XmlElement } from '../xml/tree.js';
import { dsigNamespace } from './algorithms.js';
import type { SignatureElement } from './read-signature.js';

/** Namespace of XAdES 1.3.2, which EN 319 132-1 goes on using. */
export const xadesNamespace = 'http://uri.etsi.org/01903/v1.3.2#';

/** Where a signed element stands, seen from the signature. */
export type Place =
  /** It encloses the signature, which is left out of what is signed. */
  | 'around'
  /** It stands beside the signature, or beside an element that encloses the signature. */
  | 'beside'
  /** It is a ds:Object of the signature. */
  | 'object'
  | 'signedProperties'
  | 'keyInfo';

/**
 * The place of an element that a signature points at by its identifier. Undefined where no honest signature is about it: an attacker who
 * moves the signed element out of the way, to put another in its place, has to put it somewhere else.
 */
export function placeOf(target: XmlElement, signature: SignatureElement): Place | undefined {
  if (target === signature.keyInfo) return 'keyInfo';
  if (signature.objects.includes(target)) return 'object';
  if (isSignedProperties(target, signature)) return 'signedProperties';
  const above = ancestorsOf(signature.element);
  if (above.includes(target)) return 'around';
  return target !== signature.element && target.parent !== undefined && above.includes(target.parent)
    ? 'beside'
    : undefined;
}

/** Signature / Object / QualifyingProperties / SignedProperties, and no other way. */
function isSignedProperties(target: XmlElement, signature: SignatureElement): boolean {
  const properties = target.parent;
  return (
    isNamed(target, xadesNamespace, 'SignedProperties') &&
    properties !== undefined &&
    isNamed(properties, xadesNamespace, 'QualifyingProperties') &&
    signature.objects.some((object) => object === properties.parent)
  );
}

/**
 * What no signature covers, though it stands in the document: elements and text outside everything that is signed, as simple paths, and
 * every such element's local name (a careless reader does not look at namespaces). Elements that only lead to something signed are not named themselves.
 */
export interface Uncovered {
  readonly paths: readonly string[];
  readonly names: ReadonlySet<string>;
}

/** How many paths are told. */
const maximumPaths = 20;

/** What the signatures of a document cover, each as it says itself. */
export interface Covered {
  /** Elements with everything in them. */
  readonly elements: ReadonlySet<XmlElement>;
  /** Elements with everything in them but the signatures there; the root where the whole document is signed. */
  readonly around: ReadonlySet<XmlElement>;
}

/** Walks the document once. */
export function findUncovered(root: XmlElement, { elements, around }: Covered): Uncovered {
  const paths: string[] = [];
  const names = new Set<string>();
  const note = (path: string): void => {
    if (paths.length < maximumPaths) paths.push(path);
  };
  const leads = new Set<XmlElement>();
  for (const element of [...elements, ...around]) for (const each of ancestorsOf(element)) leads.add(each);
  /** `isOpen`: nothing above is signed; `isTold`: something above was told already. */
  const walk = (element: XmlElement, path: string, isOpenAbove: boolean, isTold: boolean): void => {
    if (elements.has(element)) return;
    const isOpen = isOpenAbove && !around.has(element);
    if (isNamed(element, dsigNamespace, 'Signature')) {
      for (const child of element.children) {
        if (child.kind !== 'element' || !isNamed(child, dsigNamespace, 'Object')) continue;
        if (!elements.has(child)) walkObject(child, `${path}/Object`);
      }
      return;
    }
    let told = isTold;
    if (isOpen) {
      names.add(element.name);
      if (!told && !leads.has(element) && !holdsOnlySignatures(element)) {
        note(path);
        told = true;
      }
    }
    for (const [child, at] of numbered(element, path)) walk(child, at, isOpen, told);
  };
  const walkObject = (object: XmlElement, path: string): void => {
    for (const [child, at] of numbered(object, path)) {
      if (!isNamed(child, xadesNamespace, 'QualifyingProperties')) walk(child, at, true, false);
    }
  };
  walk(root, `/${root.name}`, true, false);
  return { paths, names };
}

/** 署名情報 and the like: a wrapper for signatures is nobody's statement. */
function holdsOnlySignatures(element: XmlElement): boolean {
  let hasSignature = false;
  for (const child of element.children) {
    if (child.kind === 'text' && !/[^ \t\r\n]/.test(child.value)) continue;
    if (child.kind !== 'element' || !isNamed(child, dsigNamespace, 'Signature')) return false;
    hasSignature = true;
  }
  return hasSignature;
}

/** The child elements with their paths, numbered where a name stands more than once. */
function numbered(element: XmlElement, path: string): [XmlElement, string][] {
  const children = element.children.filter((child) => child.kind === 'element');
  const total = new Map<string, number>();
  for (const { name } of children) total.set(name, (total.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  return children.map((child) => {
    const number = (seen.get(child.name) ?? 0) + 1;
    seen.set(child.name, number);
    return [child, `${path}/${child.name}${total.get(child.name) === 1 ? '' : `[${number}]`}`];
  });
}
