import { fail } from '../der/fault.js';
import { bytesOf, contentOf, inside, Reader, type Tlv, wholeTlv } from '../der/read.js';
import { contextTag, tags } from '../der/tags.js';
import { readTime, writeTime } from '../der/time.js';
import { readInteger, readOid } from '../der/values.js';
import { octetString, oid, sequence, setOf } from '../der/write.js';
import { digests } from '../oids.js';
import { attributeIds } from './cms-oids.js';

/** One attribute: its type and the DER of its values. */
export interface CmsAttribute {
  readonly type: string;
  readonly values: readonly Uint8Array[];
}

/** One certificate named by signingCertificate or signingCertificateV2 (RFC 5035). */
export interface EssCertificateId {
  /** OID of the hash. */
  readonly hash: string;
  readonly value: Uint8Array;
  readonly issuerSerial: { readonly issuer: Uint8Array | undefined; readonly serial: Uint8Array } | undefined;
}

const maximumAttributes = 64;

/** Attribute ::= SEQUENCE { type, SET OF one value }. */
function attribute(type: string, value: Uint8Array): Uint8Array {
  return sequence(oid(type), setOf(value));
}

/**
 * The signed attributes of CAdES B-B (ETSI EN 319 122-1): contentType, signingTime, messageDigest, signingCertificateV2 with SHA-256,
 * whose algorithm is left out because it is the DER DEFAULT. DER SET OF: these bytes are hashed and signed.
 */
export function buildSignedAttributes(input: {
  contentType: string;
  messageDigest: Uint8Array;
  signingTime?: Date;
  certificateSha256: Uint8Array;
}): Uint8Array {
  const certificateId = sequence(octetString(input.certificateSha256));
  const { signingTime } = input;
  return setOf(
    attribute(attributeIds.contentType, oid(input.contentType)),
    ...(signingTime === undefined ? [] : [attribute(attributeIds.signingTime, writeTime(signingTime))]),
    attribute(attributeIds.messageDigest, octetString(input.messageDigest)),
    attribute(attributeIds.signingCertificateV2, sequence(sequence(certificateId))),
  );
}

/** Attributes of an element (a SET OF under any tag), in strict DER. Throws DerFault. */
export function readAttributes(reader: Reader): CmsAttribute[] {
  const attributes: CmsAttribute[] = [];
  while (reader.more) {
    if (attributes.length >= maximumAttributes) fail('cms.attributes.size', reader.offset);
    const pair = reader.sequence('cms.attribute');
    const type = readOid(pair.next(tags.oid, 'cms.attribute'));
    const set = pair.enter(tags.set, 'cms.attribute');
    pair.close('cms.attribute');
    const values: Uint8Array[] = [];
    while (set.more && values.length <= maximumAttributes) values.push(bytesOf(set.next()));
    set.close('cms.attributes.size');
    attributes.push({ type, values });
  }
  return attributes;
}

/** contentType: an OID. */
export function readContentTypeValue(value: Uint8Array): string {
  return readOid(elementOf(value, tags.oid));
}

export function readMessageDigestValue(value: Uint8Array): Uint8Array {
  return contentOf(elementOf(value, tags.octetString));
}

export function readSigningTimeValue(value: Uint8Array): Date {
  return readTime(wholeTlv(value));
}

/** The certificates that signingCertificate (SHA-1) or signingCertificateV2 names; the first is the signer's. */
export function readSigningCertificateValue(type: string, value: Uint8Array): EssCertificateId[] {
  const outer = inside(elementOf(value, tags.sequence));
  const list = outer.sequence('cms.signingCertificate');
  outer.optional(tags.sequence);
  outer.close('cms.signingCertificate');
  const ids: EssCertificateId[] = [];
  while (list.more) {
    if (ids.length >= maximumAttributes) fail('cms.attributes.size', list.offset);
    const id = list.sequence('cms.signingCertificate');
    let hash: string = type === attributeIds.signingCertificate ? digests.sha1 : digests.sha256;
    if (type === attributeIds.signingCertificateV2 && id.peek() === tags.sequence) {
      const algorithm = id.sequence();
      hash = readOid(algorithm.next(tags.oid, 'cms.signingCertificate'));
      algorithm.optional(tags.null);
      algorithm.close('cms.signingCertificate');
    }
    const found = contentOf(id.next(tags.octetString, 'cms.signingCertificate'));
    const issuerSerial = id.more ? readIssuerSerial(id.sequence('cms.signingCertificate')) : undefined;
    id.close('cms.signingCertificate');
    ids.push({ hash, value: found, issuerSerial });
  }
  if (ids.length === 0) fail('cms.signingCertificate', 0);
  return ids;
}

/** IssuerSerial: GeneralNames with one directoryName, and the serial number. */
function readIssuerSerial(reader: Reader): EssCertificateId['issuerSerial'] {
  const names = reader.sequence('cms.signingCertificate');
  const directory = names.optional(contextTag(4, true));
  const issuer =
    directory === undefined
      ? undefined
      : bytesOf(inside(directory).next(tags.sequence, 'cms.signingCertificate'));
  const serial = readInteger(reader.next(tags.integer, 'cms.signingCertificate'));
  reader.close('cms.signingCertificate');
  return { issuer, serial };
}

/** A signature policy that a signature names. */
export interface SignaturePolicyId {
  readonly oid: string;
  /** OID of the hash, and the document's digest; absent where it gives none (RFC 5126 allowed zero octets for unknown). */
  readonly hash?: string;
  readonly digest?: Uint8Array;
}

/** SignaturePolicyIdentifier (ETSI EN 319 122-1 5.2.9.1); undefined for a policy that is only implied (NULL). */
export function readSignaturePolicyValue(value: Uint8Array): SignaturePolicyId | undefined {
  const tlv = wholeTlv(value);
  if (tlv.tag === tags.null) return undefined;
  const fields = inside(elementOf(value, tags.sequence));
  const id = readOid(fields.next(tags.oid, 'cms.signaturePolicy'));
  if (!fields.more || fields.peek() !== tags.sequence) return { oid: id };
  const hashed = fields.sequence('cms.signaturePolicy');
  if (hashed.peek() !== tags.sequence) return { oid: id };
  const hash = readOid(hashed.sequence().next(tags.oid, 'cms.signaturePolicy'));
  const digest = contentOf(hashed.next(tags.octetString, 'cms.signaturePolicy'));
  return { oid: id, hash, digest };
}

function elementOf(value: Uint8Array, tag: number): Tlv {
  const tlv = wholeTlv(value);
  if (tlv.tag !== tag) fail('cms.attribute.value', tlv.start);
  return tlv;
}

/** Whether the elements of a SET OF stand in the order of DER (X.690 11.6). */
export function isSetOrdered(tlv: Tlv): boolean {
  const reader = new Reader(tlv.bytes, tlv.content, tlv.contentEnd);
  let previous: Uint8Array | undefined;
  while (reader.more) {
    const element = bytesOf(reader.next());
    if (previous !== undefined && Buffer.compare(previous, element) > 0) return false;
    previous = element;
  }
  return true;
}
