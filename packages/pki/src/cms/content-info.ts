import { fail } from '../der/fault.js';
import { bytesOf, type Encoding, inside, Reader, type Tlv, wholeTlv } from '../der/read.js';
import { contextTag, tags } from '../der/tags.js';
import { readOid } from '../der/values.js';
import { explicit, integer, oid, sequence } from '../der/write.js';

/** ContentInfo (RFC 5652 section 3). */
export function buildContentInfo(type: string, content: Uint8Array): Uint8Array {
  return sequence(oid(type), explicit(0, content));
}

/** The content of a ContentInfo of the wanted type; nothing may follow it. BER is legal in these outer layers. */
export function readContentInfo(bytes: Uint8Array, type: string): { reader: Reader; content: Tlv } {
  const encoding: Encoding = 'ber';
  wholeTlv(bytes, encoding);
  const info = new Reader(bytes, 0, bytes.length, encoding).sequence('cms.contentInfo');
  const found = info.next(tags.oid, 'cms.contentInfo');
  if (readOid(found) !== type) fail('cms.contentType', found.start);
  const reader = info.enter(contextTag(0, true), 'cms.contentInfo');
  info.close('cms.contentInfo');
  const content = reader.next(tags.sequence, 'cms.contentInfo');
  reader.close('cms.contentInfo');
  return { reader, content };
}

/** IssuerAndSerialNumber or a key identifier: how CMS points at a certificate. */
export type CertificateReference =
  | { readonly kind: 'issuerAndSerial'; readonly issuer: Uint8Array; readonly serial: Uint8Array }
  | { readonly kind: 'keyIdentifier'; readonly keyIdentifier: Uint8Array };

/** IssuerAndSerialNumber (RFC 5652 section 10.2.4); the issuer as its DER, the serial as content octets. */
export function readIssuerAndSerial(tlv: Tlv): CertificateReference {
  const reader = inside(tlv);
  const issuer = bytesOf(reader.next(tags.sequence, 'cms.issuerAndSerial'));
  const number = reader.next(tags.integer, 'cms.issuerAndSerial');
  reader.close('cms.issuerAndSerial');
  return {
    kind: 'issuerAndSerial',
    issuer,
    serial: number.bytes.subarray(number.content, number.contentEnd),
  };
}

/** IssuerAndSerialNumber of a certificate, its issuer byte for byte. */
export function buildIssuerAndSerial(certificate: { issuer: Uint8Array; serial: Uint8Array }): Uint8Array {
  return sequence(certificate.issuer, integer(certificate.serial));
}
