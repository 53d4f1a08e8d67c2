import { BackwardWriter } from '../der/backward.js';
import { contextTag, tags } from '../der/tags.js';
import { writeTime } from '../der/time.js';
import { bitString, boolean, explicit, integer, oid, sequence, unsignedInteger } from '../der/write.js';
import { signatureSchemes } from '../key/algorithm.js';
import type { Signer } from '../key/software.js';
import type { Extension } from './extensions.js';

/** Everything a certificate says, before it is signed. Names and key are DER; extensions keep their order. */
export interface CertificateTemplate {
  /** Unsigned, big-endian, 1 to 20 octets, not zero. */
  serial: Uint8Array;
  issuer: Uint8Array;
  subject: Uint8Array;
  notBefore: Date;
  notAfter: Date;
  /** SubjectPublicKeyInfo, DER. */
  publicKey: Uint8Array;
  extensions: Extension[];
}

/**
 * Signs a template (RFC 5280 4.1, version 3). Throws RangeError on a template that cannot be a certificate: that is a defect of the
 * caller, never somebody's input. What the signer throws passes through.
 */
export async function issueCertificate(template: CertificateTemplate, signer: Signer): Promise<Uint8Array> {
  const tbs = toBeSigned(template, signer.algorithm);
  return assembleCertificate(tbs, signer.algorithm, await signer.sign(tbs));
}

/** A certificate from its signed bytes and the signature over them. */
export function assembleCertificate(
  tbs: Uint8Array,
  algorithm: Signer['algorithm'],
  signature: Uint8Array,
): Uint8Array {
  return sequence(tbs, signatureSchemes[algorithm].identifier, bitString(signature));
}

/** Each certificate is finished in the turn it was begun in: one writer serves all. */
const writer = new BackwardWriter();
const version3 = explicit(0, integer(2));
const critical = boolean(true);

/** TBSCertificate alone: the bytes an authority keeps before it signs. */
export function toBeSigned(template: CertificateTemplate, algorithm: Signer['algorithm']): Uint8Array {
  const serial = unsignedInteger(template.serial);
  if (serial.length > 22 || template.serial.every((octet) => octet === 0)) {
    throw new RangeError('a serial number is positive and has at most 20 octets');
  }
  if (template.notAfter < template.notBefore) throw new RangeError('a certificate ends after it begins');
  writer.clear();
  for (let index = template.extensions.length - 1; index >= 0; index--) {
    const extension = template.extensions[index];
    if (extension !== undefined) putExtension(extension);
  }
  if (template.extensions.length > 0) {
    writer.wrap(tags.sequence, 0);
    writer.wrap(contextTag(3, true), 0);
  }
  writer.put(template.publicKey);
  writer.put(template.subject);
  const afterValidity = writer.written;
  writer.put(writeTime(template.notAfter));
  writer.put(writeTime(template.notBefore));
  writer.wrap(tags.sequence, afterValidity);
  writer.put(template.issuer);
  writer.put(signatureSchemes[algorithm].identifier);
  writer.put(serial);
  writer.put(version3);
  writer.wrap(tags.sequence, 0);
  return writer.finish();
}

function putExtension({ oid: id, critical: isCritical, value }: Extension): void {
  const since = writer.written;
  writer.element(tags.octetString, value);
  if (isCritical) writer.put(critical);
  writer.put(oid(id));
  writer.wrap(tags.sequence, since);
}

export function writeExtension(extension: Extension): Uint8Array {
  writer.clear();
  putExtension(extension);
  return writer.finish();
}
