import { decodeBase64 } from '../asic/base64.js';
import { fail } from '../der/fault.js';
import { type DigestAlgorithm, digestLength, type SignatureAlgorithm } from '../key/algorithm.js';
import type { Canonicalization } from '../xml/canonicalize.js';
import { attributeOf, isNamed, onlyText, type XmlElement } from '../xml/tree.js';
import {
  canonicalOfUri,
  digestOfUri,
  dsigNamespace,
  envelopedTransform,
  exclusiveNamespace,
  isHmac,
  signatureOfUri,
} from './algorithms.js';

type Transform =
  | { readonly kind: 'enveloped' }
  | { readonly kind: 'canonical'; readonly how: Canonicalization };

/** One ds:Reference, read but not resolved. */
export interface ReferenceElement {
  readonly id: string | undefined;
  readonly uri: string;
  readonly type: string | undefined;
  readonly transforms: readonly Transform[];
  /** Undefined where the algorithm is none of ours. */
  readonly digest: DigestAlgorithm | undefined;
  readonly digestValue: Uint8Array;
}

/** A ds:Signature taken apart (XML Signature 1.1, section 4). */
export interface SignatureElement {
  readonly element: XmlElement;
  readonly id: string | undefined;
  readonly signedInfo: XmlElement;
  readonly canonicalization: Canonicalization;
  /** Undefined where the algorithm is none of ours. */
  readonly algorithm: SignatureAlgorithm | 'hmac' | undefined;
  readonly references: readonly ReferenceElement[];
  readonly value: Uint8Array;
  readonly valueElement: XmlElement;
  readonly keyInfo: XmlElement | undefined;
  /** X509Certificate in their order, DER. Nothing else of KeyInfo is looked at. */
  readonly certificates: readonly Uint8Array[];
  readonly objects: readonly XmlElement[];
}

const maximumReferences = 500;
const maximumCertificates = 32;

/**
 * Takes a ds:Signature apart, by position: each element where the schema has it, with no attribute or text it has no use for. Throws
 * DerFault with a rule `xmldsig.…` and the place.
 */
export function readSignatureElement(element: XmlElement): SignatureElement {
  checkAttributes(element, ['Id']);
  const [signedInfo, valueElement, ...rest] = elementsIn(element);
  if (signedInfo === undefined || valueElement === undefined) return broken(element);
  const [keyInfo, objects] =
    rest[0] !== undefined && isNamed(rest[0], dsigNamespace, 'KeyInfo')
      ? [rest[0], rest.slice(1)]
      : [undefined, rest];
  expectNamed(valueElement, 'SignatureValue', ['Id']);
  for (const object of objects) expectNamed(object, 'Object', ['Id', 'MimeType', 'Encoding']);
  return {
    element,
    id: attributeOf(element, 'Id'),
    ...readSignedInfo(signedInfo),
    value: base64In(valueElement),
    valueElement,
    keyInfo,
    certificates: keyInfo === undefined ? [] : readCertificates(keyInfo),
    objects,
  };
}

function readSignedInfo(
  signedInfo: XmlElement,
): Pick<SignatureElement, 'signedInfo' | 'canonicalization' | 'algorithm' | 'references'> {
  expectNamed(signedInfo, 'SignedInfo', ['Id']);
  const [canonical, method, ...references] = elementsIn(signedInfo);
  if (canonical === undefined || method === undefined) return broken(signedInfo);
  expectNamed(canonical, 'CanonicalizationMethod', ['Algorithm']);
  const canonicalization = readCanonicalization(canonical);
  if (canonicalization === undefined) return fail('xmldsig.canonicalization', canonical.start);
  expectNamed(method, 'SignatureMethod', ['Algorithm']);
  const uri = attributeOf(method, 'Algorithm') ?? '';
  // HMACOutputLength cuts a signature down to nothing; parameters of PSS are none of ours.
  if (method.children.length > 0 && !isHmac(uri)) return broken(method);
  if (references.length === 0) return fail('xmldsig.reference.none', signedInfo.start);
  if (references.length > maximumReferences) return fail('xmldsig.tooMuch', signedInfo.start);
  return {
    signedInfo,
    canonicalization,
    algorithm: isHmac(uri) ? 'hmac' : signatureOfUri(uri),
    references: references.map(readReference),
  };
}

function readReference(element: XmlElement): ReferenceElement {
  expectNamed(element, 'Reference', ['Id', 'URI', 'Type']);
  const inner = elementsIn(element);
  const transforms =
    inner[0] !== undefined && isNamed(inner[0], dsigNamespace, 'Transforms') ? inner[0] : undefined;
  const [method, value, ...others] = transforms === undefined ? inner : inner.slice(1);
  if (method === undefined || value === undefined || others.length > 0) return broken(element);
  expectNamed(method, 'DigestMethod', ['Algorithm']);
  expectNamed(value, 'DigestValue', []);
  if (method.children.length > 0) return broken(method);
  const digest = digestOfUri(attributeOf(method, 'Algorithm') ?? '');
  const digestValue = base64In(value);
  if (digest !== undefined && digestValue.length !== digestLength(digest)) return broken(value);
  const uri = attributeOf(element, 'URI');
  if (uri === undefined) return fail('xmldsig.reference.uri', element.start);
  return {
    id: attributeOf(element, 'Id'),
    uri,
    type: attributeOf(element, 'Type'),
    transforms: transforms === undefined ? [] : readTransforms(transforms),
    digest,
    digestValue,
  };
}

function readTransforms(element: XmlElement): Transform[] {
  checkAttributes(element, []);
  const transforms = elementsIn(element).map((transform): Transform => {
    expectNamed(transform, 'Transform', ['Algorithm']);
    if (attributeOf(transform, 'Algorithm') === envelopedTransform) {
      return transform.children.length === 0
        ? { kind: 'enveloped' }
        : fail('xmldsig.transform', transform.start);
    }
    const how = readCanonicalization(transform);
    return how === undefined ? fail('xmldsig.transform', transform.start) : { kind: 'canonical', how };
  });
  const kinds = transforms.map(({ kind }) => kind).join();
  if (!['enveloped', 'canonical', 'enveloped,canonical'].includes(kinds)) {
    return fail('xmldsig.transform.place', element.start);
  }
  return transforms;
}

/** A canonicalization with its parameter; undefined where it is none of ours. */
export function readCanonicalization(element: XmlElement): Canonicalization | undefined {
  const known = canonicalOfUri(attributeOf(element, 'Algorithm') ?? '');
  if (known === undefined) return undefined;
  const [parameter, ...others] = elementsIn(element);
  if (parameter === undefined) return known;
  const isOurs =
    known.method === 'exclusive' && isNamed(parameter, exclusiveNamespace, 'InclusiveNamespaces');
  if (!isOurs || others.length > 0 || parameter.children.length > 0) return undefined;
  const list = (attributeOf(parameter, 'PrefixList') ?? '').split(/[ \t\r\n]+/).filter((each) => each !== '');
  if (list.length > 64) return undefined;
  return { ...known, inclusivePrefixes: list.map((prefix) => (prefix === '#default' ? '' : prefix)) };
}

function readCertificates(keyInfo: XmlElement): Uint8Array[] {
  const certificates = elementsIn(keyInfo)
    .filter((child) => isNamed(child, dsigNamespace, 'X509Data'))
    .flatMap((data) => elementsIn(data))
    .filter((child) => isNamed(child, dsigNamespace, 'X509Certificate'));
  if (certificates.length > maximumCertificates) return fail('xmldsig.tooMuch', keyInfo.start);
  return certificates.map(base64In);
}

/** The octets of an element of base64 in lines of any length. */
export function base64In(element: XmlElement): Buffer {
  const text = onlyText(element);
  if (text === undefined) {
    const odd = element.children.some(({ kind }) => kind === 'comment' || kind === 'instruction');
    return fail(odd ? 'xmldsig.comment' : 'xmldsig.structure', element.start);
  }
  return decodeBase64(text.replaceAll(/[ \t\r\n]/g, '')) ?? broken(element);
}

/** The elements inside one that has only elements; white space between them says nothing. */
export function elementsIn(element: XmlElement): XmlElement[] {
  return element.children.filter((child): child is XmlElement => {
    if (child.kind === 'comment' || child.kind === 'instruction')
      return fail('xmldsig.comment', element.start);
    if (child.kind === 'text' && /[^ \t\r\n]/.test(child.value)) return broken(element);
    return child.kind === 'element';
  });
}

function expectNamed(element: XmlElement, name: string, attributes: readonly string[]): void {
  if (!isNamed(element, dsigNamespace, name)) broken(element);
  checkAttributes(element, attributes);
}

function checkAttributes(element: XmlElement, known: readonly string[]): void {
  for (const { name, namespace } of element.attributes) {
    if (namespace === '' && !known.includes(name)) broken(element);
  }
}

function broken(element: XmlElement): never {
  return fail('xmldsig.structure', element.start);
}
