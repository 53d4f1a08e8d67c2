import { fail } from '../der/fault.js';
import { bytesOf, inside, type Reader, wholeTlv } from '../der/read.js';
import { contextTag, tags } from '../der/tags.js';
import { readInteger, readOid } from '../der/values.js';
import { namesEqual, parseName } from '../name.js';
import { extensionIds } from '../oids.js';
import type { CertificateReference } from './content-info.js';

/** What CMS needs of a certificate: how it is pointed at, and its key. Whether it is any good is the path's question. */
export interface CertificateOutline {
  readonly der: Uint8Array;
  /** DER of the Name. */
  readonly issuer: Uint8Array;
  /** Content octets of the INTEGER. */
  readonly serial: Uint8Array;
  readonly spki: Uint8Array;
  readonly keyIdentifier: Uint8Array | undefined;
}

/** Cuts a certificate at its joints, in strict DER. Throws DerFault. */
export function outlineCertificate(der: Uint8Array): CertificateOutline {
  const outer = inside(wholeTlv(der));
  const tbs = outer.sequence('certificate.tbs');
  tbs.optional(contextTag(0, true));
  const serial = readInteger(tbs.next(tags.integer, 'certificate.serial'));
  tbs.next(tags.sequence, 'certificate.signature');
  const issuer = bytesOf(tbs.next(tags.sequence, 'certificate.issuer'));
  tbs.next(tags.sequence, 'certificate.validity');
  tbs.next(tags.sequence, 'certificate.subject');
  const spki = bytesOf(tbs.next(tags.sequence, 'certificate.spki'));
  tbs.optional(contextTag(1, false));
  tbs.optional(contextTag(2, false));
  const extensions = tbs.optional(contextTag(3, true));
  const keyIdentifier =
    extensions === undefined ? undefined : readKeyIdentifier(inside(extensions).sequence());
  tbs.close('certificate.tbs');
  return { der, issuer, serial, spki, keyIdentifier };
}

function readKeyIdentifier(extensions: Reader): Uint8Array | undefined {
  while (extensions.more) {
    const extension = extensions.sequence('certificate.extension');
    const id = readOid(extension.next(tags.oid, 'certificate.extension'));
    extension.optional(tags.boolean);
    const value = extension.next(tags.octetString, 'certificate.extension');
    if (id === extensionIds.subjectKeyIdentifier) {
      const inner = wholeTlv(value.bytes.subarray(value.content, value.contentEnd));
      if (inner.tag !== tags.octetString) fail('certificate.extension', value.start);
      return inner.bytes.subarray(inner.content, inner.contentEnd);
    }
  }
  return undefined;
}

/** Comparing names by their meaning costs time that a message full of long names must not take. */
const longestName = 2048;

/** Whether a reference of CMS points at this certificate. Names are compared by RFC 5280 7.1 when their bytes differ. */
export function pointsAt(reference: CertificateReference, certificate: CertificateOutline): boolean {
  if (reference.kind === 'keyIdentifier') {
    const { keyIdentifier } = certificate;
    return keyIdentifier !== undefined && Buffer.compare(reference.keyIdentifier, keyIdentifier) === 0;
  }
  if (Buffer.compare(reference.serial, certificate.serial) !== 0) return false;
  if (Buffer.compare(reference.issuer, certificate.issuer) === 0) return true;
  if (reference.issuer.length > longestName || certificate.issuer.length > longestName) return false;
  const [a, b] = [parseName(reference.issuer), parseName(certificate.issuer)];
  return a.ok && b.ok && namesEqual(a.value, b.value);
}
