import { attempt, fail } from '../der/fault.js';
import { inside, wholeTlv } from '../der/read.js';
import { tags } from '../der/tags.js';
import type { DigestAlgorithm } from '../key/algorithm.js';
import { attributeOf, isNamed, onlyText, type XmlElement } from '../xml/tree.js';
import { digestOfUri, dsigNamespace } from '../xmldsig/algorithms.js';
import { xadesNamespace } from '../xmldsig/place.js';
import { base64In, elementsIn, type SignatureElement } from '../xmldsig/read-signature.js';
import { readSignaturePolicy, type XmlSignaturePolicy } from './signature-policy.js';

/** Type of the reference to SignedProperties (EN 319 132-1 4.3.1). */
export const signedPropertiesType = 'http://uri.etsi.org/01903#SignedProperties';

/** A certificate that the signed properties name; the first is the signer's. */
export interface NamedCertificate {
  readonly digest: DigestAlgorithm | undefined;
  readonly value: Uint8Array;
}

/** The qualifying properties of a signature (XAdES 1.3.2). */
export interface QualifyingProperties {
  readonly signedProperties: XmlElement;
  readonly signingTime: Date | undefined;
  readonly signaturePolicy: XmlSignaturePolicy | undefined;
  readonly v1: readonly NamedCertificate[];
  readonly v2: readonly NamedCertificate[];
  /** UnsignedSignatureProperties, in their order. */
  readonly unsigned: readonly XmlElement[];
  /** Properties that are there and say more than is looked at here, by name. */
  readonly unjudged: readonly string[];
}

const maximumProperties = 128;

/** Whether the signature has qualifying properties of any version. */
export function isXades(signature: SignatureElement): boolean {
  return propertiesOf(signature).length > 0;
}

/** QualifyingProperties stand directly in an Object. */
function propertiesOf({ objects }: SignatureElement): XmlElement[] {
  return objects.flatMap((object) =>
    object.children.filter(
      (child): child is XmlElement =>
        child.kind === 'element' &&
        child.name === 'QualifyingProperties' &&
        child.namespace.startsWith('http://uri.etsi.org/01903/'),
    ),
  );
}

/** Reads the qualifying properties; undefined where there are none. Throws DerFault with a rule `xades.…`. */
export function readQualifyingProperties(signature: SignatureElement): QualifyingProperties | undefined {
  const [element, ...others] = propertiesOf(signature);
  if (element === undefined) return undefined;
  if (others.length > 0) return fail('xades.several', element.start);
  if (element.namespace !== xadesNamespace) return fail('xades.version', element.start);
  if (signature.id === undefined || attributeOf(element, 'Target') !== `#${signature.id}`) {
    return fail('xades.target', element.start);
  }
  const parts = named(element, ['SignedProperties', 'UnsignedProperties']);
  const signedProperties = parts.get('SignedProperties');
  if (signedProperties === undefined) return fail('xades.unsigned', element.start);
  const signed = named(signedProperties, ['SignedSignatureProperties', 'SignedDataObjectProperties']);
  const about = namedAll(signed.get('SignedSignatureProperties'));
  const dataObjects = namedAll(signed.get('SignedDataObjectProperties'));
  checkFormats(dataObjects, signature);
  const unsignedParts = parts.get('UnsignedProperties');
  const unsigned =
    unsignedParts === undefined
      ? []
      : namedAll(
          named(unsignedParts, ['UnsignedSignatureProperties', 'UnsignedDataObjectProperties']).get(
            'UnsignedSignatureProperties',
          ),
        );
  if (unsigned.length > maximumProperties) return fail('xades.format', element.start);
  return {
    signedProperties,
    signingTime: readTime(one(about, 'SigningTime')),
    signaturePolicy: readSignaturePolicy(one(about, 'SignaturePolicyIdentifier')),
    v1: readCertificateIds(one(about, 'SigningCertificate')),
    v2: readCertificateIds(one(about, 'SigningCertificateV2')),
    unsigned,
    unjudged: [...about, ...dataObjects, ...unsigned]
      .map(({ name }) => name)
      .filter((name, index, all) => !judged.has(name) && all.indexOf(name) === index)
      .sort(),
  };
}

/** What is read here or changes nothing: a place, a role that is claimed, the form of the data. */
const judged = new Set([
  'SigningTime',
  'SigningCertificate',
  'SigningCertificateV2',
  'SignaturePolicyIdentifier',
  'DataObjectFormat',
  'SignatureProductionPlace',
  'SignatureProductionPlaceV2',
  'SignatureTimeStamp',
  'CertificateValues',
  'RevocationValues',
  'TimeStampValidationData',
]);

/** The elements inside, each at most once and of a known name. */
function named(element: XmlElement, names: readonly string[]): Map<string, XmlElement> {
  const found = new Map<string, XmlElement>();
  for (const child of inner(element)) {
    if (!names.includes(child.name) || found.has(child.name)) return fail('xades.format', child.start);
    if (child.namespace !== xadesNamespace) return fail('xades.format', child.start);
    found.set(child.name, child);
  }
  return found;
}

const namedAll = (element: XmlElement | undefined): XmlElement[] =>
  element === undefined ? [] : inner(element);

/** The elements of a property; a comment or text between them is a fault of its form. */
function inner(element: XmlElement): XmlElement[] {
  const read = attempt(() => elementsIn(element));
  return read.ok ? read.value : fail('xades.format', element.start);
}

/** A property that may stand once. */
function one(properties: readonly XmlElement[], name: string): XmlElement | undefined {
  const [first, ...others] = properties.filter((each) => isNamed(each, xadesNamespace, name));
  return others.length > 0 && first !== undefined ? fail('xades.format', first.start) : first;
}

/** xsd:dateTime with a zone: without one it is no moment. */
function readTime(element: XmlElement | undefined): Date | undefined {
  if (element === undefined) return undefined;
  const text = (onlyText(element) ?? '').trim();
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.test(text)
    ? new Date(text)
    : undefined;
  return time === undefined || Number.isNaN(time.getTime()) ? fail('xades.format', element.start) : time;
}

/** SigningCertificate and its second version: Cert with CertDigest, and the issuer's name beside it, which adds nothing to the digest. */
function readCertificateIds(element: XmlElement | undefined): NamedCertificate[] {
  if (element === undefined) return [];
  const certificates = inner(element).map((cert) => {
    const [certDigest] = inner(cert);
    const [method, value, ...others] = certDigest === undefined ? [] : inner(certDigest);
    const isGood =
      isNamed(cert, xadesNamespace, 'Cert') &&
      certDigest !== undefined &&
      isNamed(certDigest, xadesNamespace, 'CertDigest') &&
      method !== undefined &&
      isNamed(method, dsigNamespace, 'DigestMethod') &&
      value !== undefined &&
      isNamed(value, dsigNamespace, 'DigestValue') &&
      others.length === 0;
    if (!isGood) return fail('xades.format', cert.start);
    return { digest: digestOfUri(attributeOf(method, 'Algorithm') ?? ''), value: base64Of(value) };
  });
  return certificates.length === 0 ? fail('xades.format', element.start) : certificates;
}

/** Each DataObjectFormat is about a reference of this signature. */
function checkFormats(properties: readonly XmlElement[], { references }: SignatureElement): void {
  for (const property of properties) {
    if (!isNamed(property, xadesNamespace, 'DataObjectFormat')) continue;
    const target = attributeOf(property, 'ObjectReference');
    if (!references.some(({ id }) => id !== undefined && `#${id}` === target)) {
      fail('xades.objectFormat', property.start);
    }
  }
}

function base64Of(element: XmlElement): Buffer {
  const read = attempt(() => base64In(element));
  return read.ok ? read.value : fail('xades.format', element.start);
}

/** Certificates, CRLs and OCSP responses that the unsigned properties enclose (levels LT and LTA of others). */
export interface EnclosedValues {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}

const maximumValues = 200;

/** By the element that holds one. */
const enclosedKinds: ReadonlyMap<string, keyof EnclosedValues> = new Map([
  ['EncapsulatedX509Certificate', 'certificates'],
  ['EncapsulatedCRLValue', 'crls'],
  ['EncapsulatedOCSPValue', 'ocspResponses'],
]);

/** What cannot be read is left out: it is no part of what was signed, and proves nothing. */
export function enclosedValues(properties: QualifyingProperties | undefined): EnclosedValues {
  const values = { certificates: [], crls: [], ocspResponses: [] } as Record<
    keyof EnclosedValues,
    Uint8Array[]
  >;
  const holders = new Set(['CertificateValues', 'RevocationValues', 'TimeStampValidationData']);
  let left = maximumValues;
  const collect = (element: XmlElement): void => {
    for (const child of element.children) {
      if (child.kind !== 'element' || left === 0) continue;
      const kind = enclosedKinds.get(child.name);
      if (kind === undefined) collect(child);
      else {
        left -= 1;
        const der = attempt(() => base64In(child));
        if (der.ok && isSequence(der.value)) values[kind].push(der.value);
      }
    }
  };
  for (const property of properties?.unsigned ?? []) if (holders.has(property.name)) collect(property);
  return values;
}

const isSequence = (der: Uint8Array): boolean =>
  attempt(() => {
    const tlv = wholeTlv(der);
    return tlv.tag === tags.sequence && inside(tlv).more;
  }).ok;
