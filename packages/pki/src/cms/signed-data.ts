import { fail } from '../der/fault.js';
import { bytesOf, checkInside, contentOf, inside, type Reader, readTlv, type Tlv } from '../der/read.js';
import { contextTag, tags } from '../der/tags.js';
import { readOctetPieces, readOid, readSmallInteger } from '../der/values.js';
import { type CmsAttribute, isSetOrdered, readAttributes } from './attributes.js';
import { ocspResponseInfo } from './cms-oids.js';
import { type CertificateReference, readIssuerAndSerial } from './content-info.js';
import { readSignedDataFrame } from './signed-data-frame.js';

/** One SignerInfo as it was received, before anything is believed. */
export interface SignerInfo {
  readonly reference: CertificateReference;
  /** DER of the AlgorithmIdentifiers. */
  readonly digestAlgorithm: Uint8Array;
  readonly signatureAlgorithm: Uint8Array;
  /** The received bytes with A0 replaced by 31: what was hashed and signed. Absent: the content itself was signed. */
  readonly signedAttributeBytes: Uint8Array | undefined;
  readonly signedAttributes: readonly CmsAttribute[];
  /** False where the attributes do not stand in the order of a DER SET OF; the received bytes are hashed all the same. */
  readonly ordered: boolean;
  readonly unsignedAttributes: readonly CmsAttribute[];
  readonly signature: Uint8Array;
}

/** A SignedData (RFC 5652 section 5) cut at its joints. */
export interface SignedData {
  readonly contentType: string;
  /** The encapsulated content, in its BER pieces; absent when detached. */
  readonly content: readonly Uint8Array[] | undefined;
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
  readonly signers: readonly SignerInfo[];
}

const limits = { signers: 32, certificates: 256, crls: 256 };

/**
 * Reads a ContentInfo with SignedData. The outer layers may be BER; certificates, CRLs and signed attributes are strict DER
 * (certificates and CRLs are cut out here and judged by their own readers). Throws DerFault.
 */
export function readSignedData(bytes: Uint8Array): SignedData {
  const { reader, start, version, contentType, body, certificates, revocation, signerInfos } =
    readSignedDataFrame(bytes);
  if (version < 1 || version > 5) fail('cms.version', start);
  const signers: SignerInfo[] = [];
  while (signerInfos.more) {
    if (signers.length >= limits.signers) fail('cms.signers.size', signerInfos.offset);
    signers.push(readSignerInfo(signerInfos, signerInfos.next(tags.sequence, 'cms.signer')));
  }
  const content = body && readBody(body);
  const enclosed = certificates === undefined ? [] : readCertificates(reader.inside(certificates));
  const { crls, ocspResponses } = readRevocation(revocation && reader.inside(revocation));
  return { contentType, content, certificates: enclosed, crls, ocspResponses, signers };
}

function readBody(reader: Reader): Uint8Array[] {
  const pieces = readOctetPieces(reader, reader.next());
  reader.close('cms.encapsulatedContent');
  return pieces;
}

/** CertificateSet: attribute certificates and other forms are stepped over, nothing of ours needs them. */
function readCertificates(reader: Reader): Uint8Array[] {
  const certificates: Uint8Array[] = [];
  while (reader.more) {
    const choice = reader.next();
    if (choice.tag === tags.sequence) certificates.push(bytesOf(choice));
    else if (choice.tag < 0xa0 || choice.tag > 0xa3) fail('cms.certificates', choice.start);
    if (certificates.length > limits.certificates) fail('cms.certificates.size', choice.start);
  }
  return certificates;
}

/** RevocationInfoChoices: CRLs, and OCSP responses in the form of RFC 5940. */
function readRevocation(reader: Reader | undefined): { crls: Uint8Array[]; ocspResponses: Uint8Array[] } {
  const crls: Uint8Array[] = [];
  const ocspResponses: Uint8Array[] = [];
  while (reader?.more) {
    const choice = reader.next();
    if (crls.length + ocspResponses.length >= limits.crls) fail('cms.crls.size', choice.start);
    if (choice.tag === tags.sequence) {
      crls.push(bytesOf(choice));
    } else if (choice.tag === contextTag(1, true)) {
      const other = reader.inside(choice);
      const format = readOid(other.next(tags.oid, 'cms.crls'));
      const value = other.next();
      other.close('cms.crls');
      if (format === ocspResponseInfo) ocspResponses.push(bytesOf(value));
    } else {
      fail('cms.crls', choice.start);
    }
  }
  return { crls, ocspResponses };
}

/** One SignerInfo; also the value of a counterSignature attribute (RFC 5652 11.4). Throws DerFault. */
export function readSignerInfo(outer: Reader, tlv: Tlv): SignerInfo {
  const reader = outer.inside(tlv);
  const version = readSmallInteger(reader.next(tags.integer, 'cms.signer.version'));
  const keyIdentifier = reader.optional(contextTag(0, false));
  const reference: CertificateReference =
    keyIdentifier === undefined
      ? readIssuerAndSerial(reader.next(tags.sequence, 'cms.signer.reference'))
      : { kind: 'keyIdentifier', keyIdentifier: contentOf(keyIdentifier) };
  if (version !== 1 && version !== 3) fail('cms.signer.version', tlv.start);
  const digestAlgorithm = bytesOf(reader.next(tags.sequence, 'cms.signer.digestAlgorithm'));
  const attributes = reader.peek() === contextTag(0, true) ? strictly(reader) : undefined;
  const signatureAlgorithm = bytesOf(reader.next(tags.sequence, 'cms.signer.signatureAlgorithm'));
  const signature = joined(readOctetPieces(reader, reader.next()));
  const unsigned = reader.optional(contextTag(1, true));
  reader.close('cms.signer.trailing');
  let signedAttributeBytes: Uint8Array | undefined;
  if (attributes !== undefined) {
    signedAttributeBytes = Buffer.from(bytesOf(attributes));
    signedAttributeBytes[0] = tags.set;
  }
  return {
    reference,
    digestAlgorithm,
    signatureAlgorithm,
    signedAttributeBytes,
    signedAttributes: attributes === undefined ? [] : readAttributes(inside(attributes)),
    ordered: attributes === undefined || isSetOrdered(attributes),
    unsignedAttributes: unsigned === undefined ? [] : readAttributes(reader.inside(unsigned)),
    signature,
  };
}

/** The pieces of an OCTET STRING as one; nothing is copied where there is but one. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
}

/** The next element, which must be strict DER all the way down though the layer around it may be BER. */
function strictly(reader: Reader): Tlv {
  const received = reader.next();
  const tlv = readTlv(received.bytes, received.start, received.end);
  checkInside(tlv);
  return tlv;
}
